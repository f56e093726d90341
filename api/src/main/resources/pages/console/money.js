// Amounts: integers of minor units. How many digits a currency's minor unit has is the server's table, not the
// browser's. No floating point: the digits are shifted as text.

import {call} from './api.js';
import {language} from './text.js';

let digits = {};

export async function readCurrencies() {
  digits = await (await call('console/currencies.json', {bare: true})).json();
}

export function decimal(minor, places) {
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(places + 1, '0');
  return places === 0 ? sign + text : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}

export function money(minor, currency) {
  const places = digits[currency];
  if (places === undefined) {
    return `${minor} ${currency}`;
  }
  const text = new Intl.NumberFormat(language(), {minimumFractionDigits: places, maximumFractionDigits: places})
    .format(decimal(minor, places));
  return `${text} ${currency}`;
}
