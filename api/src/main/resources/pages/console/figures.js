// The strip of figures: rates of this merchant out of the feed, the state of the node out of /metrics.

import {call} from './api.js';
import {by} from './dom.js';
import {figure, parse} from './metrics.js';
import {count, t} from './text.js';

const READING_MS = 2_000;
const RATE_SECONDS = 5;
const QUANTILES = {p50: '0.5', p90: '0.9', p99: '0.99'};
const GAUGES = {
  ring: 'miaojie_ring_room_slots',
  durable: 'miaojie_durable_sequence',
  lag: 'miaojie_projection_lag_records',
};

// Counts by the second, the last five minutes of them.
export class Rates {
  constructor(seconds) {
    this.seconds = seconds;
    this.times = [];
    this.payments = [];
    this.credits = [];
    this.current = {payments: 0, credits: 0};
  }

  count(event) {
    if (event.type === 'payment.settled') {
      this.current.payments++;
    }
    this.current.credits += event.data.grants?.filter(grant => grant.amount > 0).length ?? 0;
  }

  turn(second) {
    this.times.push(second);
    this.payments.push(this.current.payments);
    this.credits.push(this.current.credits);
    this.current = {payments: 0, credits: 0};
    if (this.times.length > this.seconds) {
      [this.times, this.payments, this.credits].forEach(list => list.shift());
    }
  }

  now(list) {
    const last = list.slice(-RATE_SECONDS);
    return last.reduce((sum, each) => sum + each, 0) / Math.max(1, last.length);
  }
}

export class Figures {
  // onReading(isAdmitting), onFault(error)
  constructor(rates, handlers) {
    this.rates = rates;
    this.handlers = handlers;
    this.reading = {};
  }

  start() {
    this.timer = setInterval(() => document.hidden || this.read(), READING_MS);
    return this.read();
  }

  stop() {
    clearInterval(this.timer);
  }

  async read() {
    try {
      this.reading = parse(await (await call('metrics', {bare: true})).text());
      this.handlers.onReading(figure(this.reading, 'miaojie_admitting') !== 0);
      this.show();
    } catch (e) {
      this.handlers.onFault(e);
    }
  }

  show() {
    put('payments', count(this.rates.now(this.rates.payments), 1));
    put('credits', count(this.rates.now(this.rates.credits), 1));
    for (const [id, name] of Object.entries(GAUGES)) {
      put(id, known(figure(this.reading, name), count));
    }
    for (const [id, quantile] of Object.entries(QUANTILES)) {
      const seconds = figure(this.reading, 'miaojie_answer_latency_seconds', {quantile});
      put(id, known(seconds, value => `${count(value * 1000, 2)} ms`));
    }
  }
}

function known(value, show) {
  return value === null ? t('unknown') : show(value);
}

function put(name, text) {
  by(`figure-${name}`).textContent = text;
}
