// Calls of the API with the key of this tab. What the server refuses becomes a Problem.

const STORE = 'miaojie.key';
const BASE = new URL('../', import.meta.url);
let contract;

export class Problem extends Error {
  constructor(status, document) {
    super(document.detail ?? document.title ?? document.code);
    this.status = status;
    this.document = document;
  }

  get isFinal() {
    return this.status === 401 || this.status === 403;
  }

  get isMissingRoute() {
    return this.document.code === 'ROUTE_UNKNOWN' || this.status === 501;
  }
}

export function key() {
  return sessionStorage.getItem(STORE);
}

export function keep(secret) {
  if (secret) {
    sessionStorage.setItem(STORE, secret);
  } else {
    sessionStorage.removeItem(STORE);
  }
}

export async function call(path, {headers = {}, signal, bare = false} = {}) {
  const authorization = bare ? {} : {Authorization: `Bearer ${key()}`};
  const response = await fetch(new URL(path, BASE), {headers: {...authorization, ...headers}, signal, cache: 'no-store'});
  if (!response.ok) {
    throw new Problem(response.status, await refusal(response));
  }
  return response;
}

export async function json(path, options) {
  return (await call(path, options)).json();
}

// Whether the contract of this server has a route, so that none is asked for in vain.
export async function offers(route) {
  contract ??= await (await call('openapi.yaml', {bare: true})).text();
  return contract.includes(`\n  ${route}:`);
}

// A proxy between here and the server may refuse with something that is no problem document.
async function refusal(response) {
  const type = response.headers.get('Content-Type') ?? '';
  return type.startsWith('application/problem+json') ? response.json() : {code: 'HTTP', title: response.statusText};
}
