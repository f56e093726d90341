// Payments and credits per second, as lines. Colours are those of the style sheet, day and night.

import uPlot from './uplot.js';
import {clock, count, onLanguage, t} from './text.js';

const HEIGHT_PX = 220;

export class Chart {
  constructor(place, rates) {
    this.place = place;
    this.rates = rates;
    this.make = this.make.bind(this);
    onLanguage(this.make);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.make);
    new ResizeObserver(() => this.plot?.setSize(this.size())).observe(place);
  }

  make() {
    this.plot?.destroy();
    const style = getComputedStyle(document.documentElement);
    const color = name => style.getPropertyValue(name).trim();
    const axis = {stroke: color('--quiet'), grid: {stroke: color('--line'), width: 1}, ticks: {stroke: color('--line')}};
    const series = (label, name) => ({label: t(label), stroke: color(name), width: 2, points: {show: false}});
    this.plot = new uPlot(
      {
        ...this.size(),
        legend: {show: false},
        cursor: {show: false},
        axes: [{...axis, space: 60, incrs: [60, 120, 300], values: (_, ticks) => ticks.map(clock)}, {...axis, size: 60, values: (_, ticks) => ticks.map(tick => count(tick, 2))}],
        scales: {
          x: {range: () => this.window()},
          y: {range: (_, low, high) => [0, Math.max(1, high * 1.1)]},
        },
        series: [{}, series('chartPayments', '--payment'), series('chartCredits', '--credit')],
      },
      this.data(),
      this.place,
    );
    this.show();
  }

  show() {
    this.plot?.setData(this.data());
    const [payments, credits] = [this.rates.payments, this.rates.credits].map(list => count(this.rates.now(list), 1));
    this.place.dataset.seconds = this.rates.times.length;
    this.place.setAttribute('aria-label', t('chartLabel', {payments, credits}));
  }

  data() {
    return [this.rates.times, this.rates.payments, this.rates.credits];
  }

  window() {
    const last = this.rates.times.at(-1) ?? Math.floor(Date.now() / 1_000);
    return [last - this.rates.seconds, last];
  }

  size() {
    return {width: Math.max(200, this.place.clientWidth), height: HEIGHT_PX};
  }
}
