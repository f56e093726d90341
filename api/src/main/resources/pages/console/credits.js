// The newest credits, a bounded list. Drawn once a frame however many come.

import {by, el, number, row} from './dom.js';
import {money} from './money.js';
import {say, time} from './text.js';

const ROWS = 100;

// What an event credited, or took back, of each grant.
function moves({occurred_at: at, data}) {
  return (data.grants ?? []).flatMap(grant => [grant.amount, -(grant.clawed_amount ?? 0)]
    .filter(amount => amount)
    .map(amount => ({
      at,
      amount,
      member: grant.member_id ?? data.member_id ?? '',
      campaign: grant.campaign_id,
      order: data.order_id ?? '',
      currency: data.currency ?? data.pools?.[0]?.currency ?? '',
    })));
}

export class Credits {
  constructor() {
    this.body = by('credits-body');
    this.newest = [];
    this.isPaused = false;
    this.isDue = false;
  }

  take(event) {
    this.newest.unshift(...moves(event).reverse());
    this.newest.splice(ROWS);
    if (!this.isDue && !this.isPaused) {
      this.isDue = true;
      requestAnimationFrame(() => { this.isDue = false; this.show(); });
    }
  }

  show() {
    if (this.isPaused) {
      return;
    }
    by('credits-none').hidden = this.newest.length > 0;
    this.body.replaceChildren(...this.newest.map(credit => row(
      el('td', {}, time(credit.at)),
      el('td', {class: 'id'}, credit.member),
      el('td', {class: 'id'}, credit.campaign),
      el('td', {class: 'id wide'}, credit.order),
      number(`${credit.amount < 0 ? '−' : '+'}${money(Math.abs(credit.amount), credit.currency)}`),
    )));
  }

  toggle() {
    this.isPaused = !this.isPaused;
    say(by('pause'), this.isPaused ? 'resume' : 'pause');
    by('pause').setAttribute('aria-pressed', String(this.isPaused));
    by('credits-paused').hidden = !this.isPaused;
    this.show();
  }
}
