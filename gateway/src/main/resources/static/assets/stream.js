// Server-sent events of an order with an access token, which EventSource cannot send. Without a stream it polls; when only a
// sign-in helps, it says so and waits for one.
import { SignInNeeded, sleep } from './api.js';
import { token } from './session.js';
import { withSlot } from './slots.js';

const GIVE_UP_AFTER = 2;
const STREAM_AGAIN_MS = 30_000;
/** The server sends a sign of life every 15 s. */
const SILENCE_MS = 40_000;
const PAUSE_MS = 2000;

/** Calls back with each event's data until stop() is called or the server says that it was the last (204). */
export function follow(path, { onData, poll, onTrouble }) {
  const abort = new AbortController();
  let failures = 0;
  let streamAfter = 0;

  async function read() {
    const bearer = await token();
    if (!bearer) throw new SignInNeeded();
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const response = await fetch(path, {
        headers: { Accept: 'text/event-stream', Authorization: `Bearer ${bearer}` },
        credentials: 'omit', cache: 'no-store', signal: AbortSignal.any([abort.signal, silence.signal]),
      });
      if (response.status === 204) return abort.abort();
      if (response.status === 401 && !await token(bearer)) throw new SignInNeeded();
      if (!response.ok) throw new Error(`${response.status}`);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let buffer = ''; ;) {
        const { value, done } = await reader.read();
        if (done) return;
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        failures = 0;
        buffer = take(buffer + value, onData);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async function round() {
    if (failures >= GIVE_UP_AFTER && performance.now() < streamAfter) return poll();
    streamAfter = performance.now() + STREAM_AGAIN_MS;
    let failure = null;
    const had = await withSlot(() => read().catch(caught => { failure = caught; }));
    if (failure) throw failure;
    if (!had) await poll();
  }

  (async () => {
    while (!abort.signal.aborted) {
      try {
        await round();
      } catch (failure) {
        if (abort.signal.aborted) return;
        failures++;
        onTrouble(failure);
        if (!(failure instanceof SignInNeeded)) await poll().catch(onTrouble);
      }
      await sleep(PAUSE_MS * (0.8 + Math.random() * 0.4));
    }
  })();
  return { stop: () => abort.abort() };
}

/** Hands over all complete events; returns the rest. */
function take(text, onData) {
  const events = text.split(/\r?\n\r?\n/);
  const rest = events.pop();
  for (const event of events) {
    const data = event.split(/\r?\n/).filter(line => line.startsWith('data:')).map(line => line.slice(5).trimStart());
    if (data.length) onData(JSON.parse(data.join('\n')));
  }
  return rest;
}
