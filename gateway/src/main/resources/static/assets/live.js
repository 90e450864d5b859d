// The news of one sale's queue. Of all tabs that show the sale one leads: it holds the event
// stream, or polls when there is none, and tells the others. All of it stops when the page goes
// into the browser's cache or is hidden without need.
import { read, sleep } from './api.js';
import { lead } from './locks.js';
import { withSlot } from './slots.js';

const REOPEN_MS = [1000, 3000];
/** A refusal such as 503: there is no room for streams at the moment. */
const REFUSED_MS = [20_000, 40_000];
/** A stream that is silent for so long may be dead, or have lost a message. */
const SILENCE_MS = 20_000;
const POLL_MS = 2000;
const OVERTAKEN_MS = 5000;
/** Streams end together when a replica stops; the pages do not all ask in the same instant. */
const SPREAD_MS = 500;
const FAILURE_MS = 3000;

const between = ([from, to]) => from + Math.random() * (to - from);

/** Calls onNews with each snapshot, and onTrouble when there is no connection. */
export function follow(saleId, { onNews, onTrouble }) {
  const path = `/api/v1/sales/${saleId}/queue`;
  let abort = null;
  let channel = null;
  let last = null;
  let heardAt = 0;

  function heard(snapshot, own) {
    // a poll and a stream may overtake each other; a much older snapshot comes from a replica with
    // a wrong clock
    const behind = last ? Date.parse(last.serverTime) - Date.parse(snapshot.serverTime) : 0;
    if (behind > 0 && behind < OVERTAKEN_MS) return;
    last = snapshot;
    heardAt = performance.now();
    if (own) channel?.postMessage(snapshot);
    onNews(snapshot);
  }

  async function poll() {
    try {
      heard(await read(path, { tries: 1 }), true);
    } catch (failure) {
      onTrouble(failure);
      throw failure;
    }
  }

  /** Resolves when the stream has ended, to true if the server refused it. */
  const stream = signal => new Promise(resolve => {
    const source = new EventSource(`${path}/events`);
    const end = refused => { clearInterval(watchdog); source.close(); resolve(refused); };
    const watchdog = setInterval(() => {
      if (performance.now() - heardAt > SILENCE_MS) poll().catch(() => end(false));
    }, SILENCE_MS / 4);
    source.addEventListener('queue', event => heard(JSON.parse(event.data), true));
    // on a status other than 200 the browser gives up at once; otherwise all pages would retry in
    // the same second
    source.onerror = () => end(source.readyState === EventSource.CLOSED);
    signal.addEventListener('abort', () => end(false));
  });

  async function pollUntil(time, signal) {
    await pause(Math.random() * SPREAD_MS, signal);
    while (!signal.aborted && performance.now() < time) {
      const ok = await poll().then(() => true, () => false);
      await pause(ok ? (last?.pollAfterMs ?? POLL_MS) * (0.9 + Math.random() * 0.2) : FAILURE_MS * (0.5 + Math.random()), signal);
    }
  }

  async function leadOthers(signal) {
    while (!signal.aborted) {
      let refused = true;
      await withSlot(async () => { refused = await stream(signal); });
      await pollUntil(performance.now() + between(refused ? REFUSED_MS : REOPEN_MS), signal);
    }
  }

  /** A tab that follows and hears nothing polls for itself: the leader may be asleep. */
  async function watchOver(signal) {
    while (!signal.aborted) {
      await pause(SILENCE_MS, signal);
      if (!signal.aborted && performance.now() - heardAt > SILENCE_MS) await poll().catch(() => {});
    }
  }

  function start() {
    if (abort) return;
    abort = new AbortController();
    channel = new BroadcastChannel(`queue:${saleId}`);
    channel.onmessage = ({ data }) => {
      if (data === 'hello') { if (last && leading) channel.postMessage(last); } else heard(data, false);
    };
    channel.postMessage('hello');
    let leading = false;
    const { signal } = abort;
    lead(`queue:${saleId}`, signal, () => { leading = true; return leadOthers(signal); });
    watchOver(signal);
  }

  function stop() {
    abort?.abort();
    channel?.close();
    abort = channel = null;
  }

  return { start, stop, poll };
}

/** Ends early when the signal aborts. */
function pause(ms, signal) {
  return Promise.race([sleep(ms), new Promise(done => signal.addEventListener('abort', done, { once: true }))]);
}
