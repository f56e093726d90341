// The page: signing in and out, what belongs to which place, the keyboard.

import * as api from './api.js';
import {Campaigns} from './campaigns.js';
import {Chart} from './chart.js';
import {Credits} from './credits.js';
import {by, el} from './dom.js';
import {Feed} from './feed.js';
import {Figures, Rates} from './figures.js';
import {Lookup} from './lookup.js';
import {readCurrencies} from './money.js';
import {language, onLanguage, say, show, speak, t} from './text.js';

const CHART_SECONDS = 300;
const SHORTCUTS = 'miaojie.shortcuts';

const rates = new Rates(CHART_SECONDS);
const chart = new Chart(by('chart'), rates);
const credits = new Credits();
const campaigns = new Campaigns(fail);
const lookup = new Lookup(fail);
const figures = new Figures(rates, {
  onReading: isAdmitting => {
    by('not-admitting').hidden = isAdmitting;
    if (problem === unreachable) {
      notice(null);
    }
  },
  onFault: fail,
});
const feed = new Feed({
  onEvent: event => {
    rates.count(event);
    credits.take(event);
    if (event.type.startsWith('campaign.')) {
      campaigns.read();
    }
  },
  onState: state => {
    say(by('feed-state'), `feed${state}`);
    by('feed-state').dataset.state = state;
  },
  onGap: () => notice(() => t('gap')),
  onProblem: fail,
});
const unreachable = () => t('unreachable');
let ticking;
let problem = null;

function fail(error) {
  if (error.name === 'AbortError') {
    return;
  }
  if (error.status === 401) {
    leave();
  }
  notice(error instanceof api.Problem ? () => explained(error) : unreachable);
}

function explained(error) {
  const {code, detail, title, pointer, request_id: id} = error.document;
  return [
    t('problem', {status: error.status, code}),
    detail ?? title,
    pointer && t('pointer', {pointer}),
    id && t('requestId', {id}),
  ].filter(Boolean).join(' · ');
}

function notice(text) {
  problem = text;
  by('problem').hidden = text === null;
  by('problem-text').textContent = text === null ? '' : text();
}

function place(isIn) {
  by('sign-in').hidden = isIn;
  by('board').hidden = !isIn;
  by('sign-out').hidden = !isIn;
  by('feed-state').hidden = !isIn;
}

async function enter(secret) {
  notice(null);
  api.keep(secret);
  try {
    await Promise.all([readCurrencies(), api.json('v1/campaigns?limit=1')]);
  } catch (e) {
    api.keep(null);
    fail(e);
    return;
  }
  by('key').value = '';
  place(true);
  chart.make();
  campaigns.start();
  figures.start();
  feed.start();
  ticking = setInterval(tick, 1_000);
  by('lookup-id').focus();
}

function leave() {
  api.keep(null);
  feed.stop();
  figures.stop();
  campaigns.stop();
  clearInterval(ticking);
  lookup.clear();
  by('not-admitting').hidden = true;
  place(false);
  by('key').focus();
}

function tick() {
  rates.turn(Math.floor(Date.now() / 1_000));
  chart.show();
  figures.show();
}

function otherLanguage() {
  speak(language() === 'zh' ? 'en' : 'zh');
}

const KEYS = {
  '/': ['helpLookup', () => by('lookup-id').focus()],
  c: ['helpCampaigns', () => by('campaigns-title').focus()],
  v: ['helpCredits', () => by('credits-title').focus()],
  p: ['helpPause', () => credits.toggle()],
  l: ['helpLanguage', otherLanguage],
  '?': ['helpHelp', () => by('help').showModal()],
};

function onKey(event) {
  const isTyping = event.target.matches?.('input:not([type=radio], [type=checkbox]), textarea, select');
  const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
  const action = KEYS[event.key];
  if (!isTyping && isPlain && action && !by('help').open && !by('board').hidden && by('shortcuts-on').checked) {
    event.preventDefault();
    action[1]();
  }
}

function drawHelp() {
  by('help-keys').replaceChildren(...Object.entries(KEYS).flatMap(([key, [name]]) =>
    [el('dt', {}, el('kbd', {}, key)), el('dd', {}, t(name))]));
}

by('sign-in').addEventListener('submit', event => {
  event.preventDefault();
  enter(by('key').value.trim());
});
by('sign-out').addEventListener('click', leave);
by('language').addEventListener('click', otherLanguage);
by('pause').addEventListener('click', () => credits.toggle());
by('problem-close').addEventListener('click', () => notice(null));
by('keyboard').addEventListener('click', () => by('help').showModal());
by('help-close').addEventListener('click', () => by('help').close());
by('shortcuts-on').checked = localStorage.getItem(SHORTCUTS) !== 'off';
by('shortcuts-on').addEventListener('change', event => localStorage.setItem(SHORTCUTS, event.target.checked ? 'on' : 'off'));
document.addEventListener('keydown', onKey);
onLanguage(() => {
  drawHelp();
  credits.show();
  campaigns.show();
  lookup.show();
  figures.show();
  if (problem !== null) {
    notice(problem);
  }
});
show();
place(false);
if (api.key()) {
  enter(api.key());
}
