// One member, or one order with its timeline. What is shown of an order is what the server tells, field by field.

import {json, offers} from './api.js';
import {by, el, number, row} from './dom.js';
import {money} from './money.js';
import {moment, t} from './text.js';

const BUCKETS = ['pending', 'spendable', 'withdrawable', 'locked', 'debt', 'available'];
const MONEY = new RegExp(`(^|_)(amount|price|payable|due|net|paid|captured|refunded|returned|credited|clawed|fee|tax_withheld|${BUCKETS.join('|')})$`);
const TRANSLATED = new Set([...BUCKETS, 'currency', 'amount', 'state']);
const TIME = /_at$|_until$|_by$/;
const ROWS = 50;

export class Lookup {
  // onProblem(error)
  constructor(onProblem) {
    this.onProblem = onProblem;
    this.turn = 0;
    this.redraw = () => {};
    by('lookup').addEventListener('submit', event => {
      event.preventDefault();
      this.find(new FormData(event.target).get('what'), by('lookup-id').value.trim());
    });
  }

  show() {
    this.redraw();
  }

  clear() {
    this.turn++;
    this.redraw = () => {};
    by('lookup-result').replaceChildren();
  }

  async find(what, id) {
    const turn = ++this.turn;
    this.draw(() => [el('p', {}, t('searching', {id}))]);
    try {
      const sections = what === 'member' ? await member(id) : await order(id);
      if (turn === this.turn) {
        this.draw(() => sections.flatMap(section => section()));
      }
    } catch (e) {
      if (turn === this.turn) {
        this.clear();
        this.onProblem(e);
      }
    }
  }

  draw(content) {
    this.redraw = () => by('lookup-result').replaceChildren(...content());
    this.redraw();
  }
}

async function member(id) {
  const found = await json(`v1/pools/${encodeURIComponent(id)}`);
  const statements = await Promise.all(found.pools.map(({currency}) => optional('/v1/pools/{member_id}/entries',
    `v1/pools/${encodeURIComponent(id)}/entries?currency=${currency}&limit=${ROWS}`)));
  return [() => pools(found), ...statements.map((statement, i) => () => list('statement', statement, found.pools[i].currency))];
}

async function order(id) {
  const at = encodeURIComponent(id);
  const found = await optional('/v1/orders/{id}', `v1/orders/${at}`);
  if (found.missing) {
    return [() => missing(found)];
  }
  const timeline = await optional('/v1/orders/{id}/timeline', `v1/orders/${at}/timeline`);
  return [() => [el('h3', {}, `${t('order')} ${id}`), fields(found, found.currency)], () => list('timeline', timeline, found.currency)];
}

// The answer of a route, or {missing: route} where this server has none.
async function optional(route, path) {
  if (!(await offers(route))) {
    return {missing: route};
  }
  try {
    return await json(path);
  } catch (e) {
    if (e.isMissingRoute) {
      return {missing: route};
    }
    throw e;
  }
}

function missing({missing: route}) {
  return [el('p', {class: 'note'}, t('notOffered', {route: `GET ${route}`}))];
}

function pools(found) {
  const title = el('h3', {}, t('pools', {id: found.member_id}));
  if (found.pools.length === 0) {
    return [title, el('p', {class: 'note'}, t('noPools'))];
  }
  return [title, ...found.pools.map(pool => el('table', {class: 'pool'},
    el('caption', {}, pool.currency),
    el('tbody', {}, ...BUCKETS.map(bucket => row(
      el('th', {scope: 'row'}, t(bucket)), number(money(pool[bucket], pool.currency)))))))];
}

function list(name, answer, currency) {
  const title = el('h3', {}, t(name));
  if (answer.missing) {
    return [title, ...missing(answer)];
  }
  const entries = Object.values(answer).find(Array.isArray) ?? [];
  if (entries.length === 0) {
    return [title, el('p', {class: 'note'}, t('empty'))];
  }
  return [title, el('ol', {class: 'timeline'}, ...entries.slice(0, ROWS).map(entry =>
    el('li', {}, fields(entry, entry.currency ?? currency))))];
}

function fields(object, currency) {
  const terms = Object.entries(object).filter(([, value]) => value !== null).flatMap(([name, value]) => [
    el('dt', {}, TRANSLATED.has(name) ? t(name) : name),
    el('dd', {}, shown(name, value, object.currency ?? currency)),
  ]);
  return el('dl', {class: 'fields'}, ...terms);
}

function shown(name, value, currency) {
  if (Array.isArray(value)) {
    return value.length === 0 ? '–' : el('ul', {}, ...value.map(each => el('li', {}, shown(name, each, currency))));
  }
  if (typeof value === 'object') {
    return fields(value, currency);
  }
  if (Number.isInteger(value) && MONEY.test(name) && currency) {
    return money(value, currency);
  }
  return typeof value === 'string' && TIME.test(name) ? moment(value) : String(value);
}
