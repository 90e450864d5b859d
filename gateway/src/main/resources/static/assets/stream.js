// Server-sent events with an access token, which EventSource cannot send; after two failures in a row it only polls.
import { sleep } from './api.js';
import { accessToken } from './session.js';

const GIVE_UP_AFTER = 2;

/** Calls back with each event's data until stop() is called or the server says that it was the last (204). */
export function follow(path, onData, { poll, everyMs }) {
  const abort = new AbortController();
  let failures = 0;

  async function read() {
    const token = accessToken();
    const response = await fetch(path, {
      headers: { Accept: 'text/event-stream', ...(token && { Authorization: `Bearer ${token}` }) },
      credentials: 'omit', cache: 'no-store', signal: abort.signal,
    });
    if (response.status === 204) return abort.abort();
    if (!response.ok) throw new Error(`${response.status}`);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let buffer = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      failures = 0;
      buffer += value;
      const events = buffer.split(/\r?\n\r?\n/);
      buffer = events.pop();
      for (const event of events) {
        const data = event.split(/\r?\n/).filter(line => line.startsWith('data:')).map(line => line.slice(5).trimStart());
        if (data.length) onData(JSON.parse(data.join('\n')));
      }
    }
  }

  (async () => {
    while (!abort.signal.aborted) {
      try {
        if (failures < GIVE_UP_AFTER) await read();
        else await poll();
      } catch (failure) {
        if (!abort.signal.aborted) failures++;
      }
      await sleep(everyMs() + Math.random() * 300);
    }
  })();
  return { stop: () => abort.abort() };
}
