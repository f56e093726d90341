// What was decided, as it is decided: the stream while it holds, polls of /v1/outcomes while it does not, both from the
// same place, so that nothing is missed and nothing comes twice.

import {Problem, call, json} from './api.js';
import {events} from './sse.js';

const SILENCE_MAX_MS = 40_000;
const PAUSE_MIN_MS = 1_000;
const PAUSE_MAX_MS = 30_000;
const PAGE = 1_000;

export class Feed {
  // onEvent(envelope), onState('OPENING' | 'LIVE' | 'POLLING' | 'OFFLINE' | 'ENDED'), onGap(), onProblem(problem)
  constructor(handlers) {
    this.handlers = handlers;
    // Where this page is: a cursor of the feed, and the shard, which only the stream tells; null: not known yet.
    this.cursor = null;
    this.shard = null;
  }

  start() {
    this.stop();
    const control = new AbortController();
    this.control = control;
    this.run(control.signal).catch(problem => {
      if (!control.signal.aborted) {
        this.handlers.onState('ENDED');
        this.handlers.onProblem(problem);
      }
    });
  }

  stop() {
    this.control?.abort();
  }

  async run(signal) {
    let pauseMs = PAUSE_MIN_MS;
    this.handlers.onState('OPENING');
    while (!signal.aborted) {
      const opened = await this.attempt(() => this.stream(signal));
      pauseMs = opened ? PAUSE_MIN_MS : Math.min(2 * pauseMs, PAUSE_MAX_MS);
      const until = Date.now() + pauseMs;
      while (!signal.aborted && Date.now() < until) {
        const polled = await this.attempt(() => this.poll(signal));
        this.state(signal, polled ? 'POLLING' : 'OFFLINE');
        await pause(PAUSE_MIN_MS, signal);
      }
    }
  }

  // Returns whether it worked; a refusal that no repeat will change ends the feed.
  async attempt(task) {
    try {
      return await task();
    } catch (e) {
      if (e instanceof Problem && e.isFinal) {
        throw e;
      }
      return e.wasOpen === true;
    }
  }

  async stream(signal) {
    const silence = new AbortController();
    const end = () => silence.abort();
    signal.addEventListener('abort', end);
    let timer = setTimeout(end, SILENCE_MAX_MS);
    let wasOpen = false;
    try {
      const headers = this.shard === null ? {} : {'Last-Event-ID': `${this.shard}-${this.cursor}`};
      const after = this.shard === null && this.cursor !== null ? `?after=${this.cursor}` : '';
      const response = await call(`v1/stream${after}`, {headers, signal: silence.signal});
      wasOpen = true;
      this.state(signal, 'LIVE');
      for await (const block of events(response.body)) {
        clearTimeout(timer);
        timer = setTimeout(end, SILENCE_MAX_MS);
        this.take(block);
      }
    } catch (e) {
      e.wasOpen = wasOpen;
      throw e;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
    return wasOpen;
  }

  take(block) {
    if (block.id !== null) {
      this.moveTo(block.id);
    }
    if (block.type === 'reset') {
      const reset = JSON.parse(block.data);
      if (reset.reason === 'slow') {
        // Who could not keep up goes on with what happens now: this page shows the present.
        this.forget();
      } else {
        this.moveTo(reset.resume_at);
      }
      this.handlers.onGap();
    } else if (block.data !== null) {
      this.handlers.onEvent(JSON.parse(block.data));
    }
  }

  // <shard>-<sequence>[-<index>]
  moveTo(eventId) {
    const dash = eventId.indexOf('-');
    this.shard = eventId.slice(0, dash);
    this.cursor = eventId.slice(dash + 1);
  }

  forget() {
    this.shard = null;
    this.cursor = null;
  }

  async poll(signal) {
    this.cursor ??= String((await json('health/live', {signal, bare: true})).durable_sequence);
    try {
      const page = await json(`v1/outcomes?after=${this.cursor}&wait_s=0&limit=${PAGE}`, {signal});
      page.events.forEach(this.handlers.onEvent);
      this.cursor = page.next_cursor;
    } catch (e) {
      if (e.status === 410) {
        this.forget();
        this.handlers.onGap();
      }
      throw e;
    }
    return true;
  }

  state(signal, state) {
    if (!signal.aborted) {
      this.handlers.onState(state);
    }
  }
}

function pause(ms, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, {once: true});
  });
}
