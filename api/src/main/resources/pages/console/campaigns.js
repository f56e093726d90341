// The merchant's campaigns, a page at a time, with what is left of their budgets.

import {json} from './api.js';
import {by, el, number, row} from './dom.js';
import {money} from './money.js';
import {count, t, word} from './text.js';

const PAGE = 20;
const READING_MS = 5_000;

export class Campaigns {
  // onProblem(error)
  constructor(onProblem) {
    this.onProblem = onProblem;
    this.cursor = null;
    this.page = {campaigns: [], next_cursor: null};
    this.isReading = false;
    by('campaigns-next').addEventListener('click', () => this.turn(this.page.next_cursor));
    by('campaigns-first').addEventListener('click', () => this.turn(null));
  }

  start() {
    this.timer = setInterval(() => document.hidden || this.read(), READING_MS);
    return this.read();
  }

  stop() {
    clearInterval(this.timer);
  }

  turn(cursor) {
    this.cursor = cursor;
    this.read();
  }

  async read() {
    if (this.isReading) {
      return;
    }
    this.isReading = true;
    try {
      const cursor = this.cursor === null ? '' : `&cursor=${encodeURIComponent(this.cursor)}`;
      const page = await json(`v1/campaigns?limit=${PAGE}${cursor}`);
      page.campaigns = await Promise.all(
        page.campaigns.map(campaign => json(`v1/campaigns/${encodeURIComponent(campaign.id)}`)));
      this.page = page;
      this.show();
    } catch (e) {
      this.onProblem(e);
    } finally {
      this.isReading = false;
    }
  }

  show() {
    by('campaigns-none').hidden = this.page.campaigns.length > 0;
    by('campaigns-next').hidden = this.page.next_cursor === null;
    by('campaigns-first').hidden = this.cursor === null;
    by('campaigns-body').replaceChildren(...this.page.campaigns.map(campaign => row(
      el('th', {scope: 'row', class: 'id'}, campaign.id),
      el('td', {}, el('span', {class: `state ${campaign.state}`}, word(campaign.state))),
      number(money(campaign.granted.amount, campaign.currency)),
      el('td', {}, ...left(campaign)),
    )));
  }
}

function left({id, budget, granted, currency}) {
  const bounds = [
    bound(id, budget.amount, granted.amount, 'leftOf', value => money(value, currency)),
    bound(id, budget.count, granted.count, 'countLeft', count),
  ].filter(each => each !== null);
  return bounds.length > 0 ? bounds : [t('unbounded')];
}

function bound(id, all, used, name, show) {
  if (all === undefined) {
    return null;
  }
  const rest = Math.max(0, all - used);
  const text = t(name, {left: show(rest), all: show(all)});
  return el('div', {class: 'budget'},
    el('progress', {max: Math.max(1, all), value: rest, 'aria-label': `${id}: ${text}`}),
    el('span', {}, text));
}
