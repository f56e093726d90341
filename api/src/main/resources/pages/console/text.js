// Languages: every text of the console by its name, one table for each language. Elements name theirs in
// data-text, data-label (aria-label) or data-hint (placeholder).

import {en} from './en.js';
import {zh} from './zh.js';

const TABLES = {en, zh};
const STORE = 'miaojie.language';
const listeners = [];
let current = remembered();

function remembered() {
  const stored = localStorage.getItem(STORE);
  return stored in TABLES ? stored : navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function language() {
  return current;
}

export function t(name, values = {}) {
  return TABLES[current][name].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

// The text of this name, the name itself where it stands in no table: codes that a newer server may send.
export function word(name) {
  return TABLES[current][name] ?? name;
}

export function say(element, name, values) {
  element.dataset.text = name;
  element.textContent = t(name, values);
}

export function onLanguage(listener) {
  listeners.push(listener);
}

export function speak(code) {
  current = code;
  localStorage.setItem(STORE, code);
  show();
}

export function show() {
  document.documentElement.lang = current === 'zh' ? 'zh-CN' : 'en';
  document.title = t('title');
  document.querySelectorAll('[data-text]').forEach(element => { element.textContent = t(element.dataset.text); });
  document.querySelectorAll('[data-label]').forEach(element => element.setAttribute('aria-label', t(element.dataset.label)));
  document.querySelectorAll('[data-hint]').forEach(element => element.setAttribute('placeholder', t(element.dataset.hint)));
  listeners.forEach(listener => listener());
}

export function count(value, digits = 0) {
  return new Intl.NumberFormat(current, {maximumFractionDigits: digits}).format(value);
}

export function time(iso) {
  return new Intl.DateTimeFormat(current, {hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false})
    .format(new Date(iso));
}

export function clock(seconds) {
  return new Intl.DateTimeFormat(current, {hour: '2-digit', minute: '2-digit', hour12: false}).format(new Date(seconds * 1_000));
}

export function moment(iso) {
  return new Intl.DateTimeFormat(current, {dateStyle: 'medium', timeStyle: 'medium'}).format(new Date(iso));
}
