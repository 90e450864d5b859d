// Everything on the page that is text: tiles, tables, lamps, time line.

const $ = id => document.getElementById(id);
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const NONE = '–';

const whole = value => (value === null || value === undefined ? NONE : number.format(value));
const rate = value => (value === null || value === undefined ? NONE : (value < 10 ? decimal : number).format(value));
const mib = bytes => (bytes === null || bytes === undefined ? NONE : number.format(bytes / 1048576) + ' MiB');
const kib = bytes => number.format(bytes / 1024) + ' KiB';
const clock = ms => new Date(ms).toLocaleTimeString('en-GB');
const sum = (rates, wanted) => Object.entries(rates).reduce((all, [key, value]) => all + (wanted(key) ? value : 0), 0);

function duration(seconds) {
  if (seconds === null || seconds === undefined) return NONE;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  return made;
}

function set(node, text, tone) {
  if (node.textContent !== text) node.textContent = text;
  if (tone) node.dataset.tone = tone;
  else delete node.dataset.tone;
}

// Writes rows of [key, ...cells] into a table. Only cells that changed are touched, so a selection survives.
function fill(table, head, rows) {
  if (!table.tHead) {
    const line = table.createTHead().insertRow();
    head.forEach(([text, kind]) => line.append(element('th', text, { scope: 'col', class: kind })));
    table.createTBody();
  }
  const body = table.tBodies[0];
  const keys = rows.map(row => row[0]).join('\n');
  if (body.dataset.keys !== keys) {
    body.dataset.keys = keys;
    body.replaceChildren(...rows.map(row => {
      const line = element('tr');
      line.append(element('th', row[0], { scope: 'row' }));
      row.slice(1).forEach((_, i) => line.append(element('td', '', { class: head[i + 1][1] })));
      return line;
    }));
  }
  rows.forEach((row, r) => row.slice(1).forEach((cell, c) => {
    const [text, tone] = Array.isArray(cell) ? cell : [cell];
    set(body.rows[r].cells[c + 1], text, tone);
  }));
}

const TONES = {
  OPEN: 'good', READY: 'good', PAUSED: 'warn', SOLD_OUT: 'warn', ROLLING: 'warn', STARTING: 'warn', WAITING: 'warn',
  DEGRADED: 'bad', SILENT: 'bad', RESTARTING: 'bad', FAILED: 'bad', STOPPING: 'bad',
};
const REFUSALS = {
  401: 'not signed in', 403: 'forbidden', 404: 'not found', 409: 'conflict', 410: 'gone', 422: 'key reused',
  429: 'rate limit', 503: 'overload', 504: 'time-out', 500: 'fault',
};
const DECISIONS = { refused_sold_out: 'sold out', refused_limit_reached: 'limit reached' };

export class View {
  constructor() {
    this.colour = '';
    this.elsewhere = false; // others run the platform
    this.tiles = new Map();
    $('sale-choice').addEventListener('change', event => this.choice?.(event.target.value));
  }

  onChoice(listener) {
    this.choice = listener;
  }

  connected() {
    $('notice').hidden = true;
  }

  disconnected() {
    $('notice').hidden = false;
    $('notice').textContent = 'No connection to the control room. The figures stand still. Trying again …';
  }

  // Grave news are spoken, one message for all of a second.
  news(markers) {
    const grave = markers.filter(marker => marker.grave || marker.kind === 'FAULT');
    if (grave.length > 0) $('spoken').textContent = grave.map(marker => marker.text).join('. ');
  }

  second(message, sale) {
    const { sample, light } = message;
    this.connected();
    set($('platform-state'), sample.platform, TONES[sample.platform]);
    this.missing(sample.missing);
    set($('no-sale-text'), sample.sales === null ? 'The sales cannot be read at the moment.'
      : this.elsewhere ? 'No sale yet.' : 'No sale yet. A demo plays one with a crowd:');
    $('no-sale-command').hidden = sample.sales === null || this.elsewhere;
    this.sales(sample, sale);
    this.figures(sample, sale);
    this.light(light, sample.at);
    this.processes(sample.processes);
    this.queues(sample);
    this.engines(sample);
  }

  missing(list) {
    const text = list.map(one => `${one.source}: ${one.figures} (${one.why})`).join(' · ');
    $('missing').hidden = list.length === 0;
    if (list.length > 0) set($('missing'), 'Missing: ' + text);
  }

  sales(sample, sale) {
    const choice = $('sale-choice');
    const sales = sample.sales ?? [];
    const keys = sales.map(one => one.id + one.state).join();
    if (choice.dataset.keys !== keys) {
      choice.dataset.keys = keys;
      const before = choice.value;
      choice.replaceChildren(element('option', 'Busiest sale', { value: '' }), ...sales.map(one => element(
        'option', `${one.name} · ${one.state.toLowerCase().replace('_', ' ')} · ${whole(one.allotted)} units`
          + (one.loadTest ? ' · load test' : ''), { value: one.id })));
      choice.value = sales.some(one => one.id === before) ? before : '';
    }
    set($('sale-state'), sale ? sale.state.replace('_', ' ') : '', TONES[sale?.state]);
    const over = sale?.state === 'ENDED';
    set($('sale-clock'), !sale || over ? sale?.name ?? '' : sale.opensAt > sample.at
      ? `${sale.name}, opens in ${duration((sale.opensAt - sample.at) / 1000)}`
      : `${sale.name}, open for ${duration((sample.at - sale.opensAt) / 1000)}, closes in ${duration((sale.closesAt - sample.at) / 1000)}`);
    set($('units-sum'), sale ? `${whole(sale.available)} available + ${whole(sale.reserved)} reserved + `
      + `${whole(sale.sold)} sold = ${whole(sale.allotted)} allotted` : '');
  }

  figures(sample, sale) {
    const { traffic } = sample;
    const known = traffic.requests !== null;
    const errors = known ? sum(traffic.responses, status => status >= '500' && status !== '503') : null;
    const refused = known ? sum(traffic.responses, status => status[0] === '4' || status === '503') : null;
    const kinds = Object.entries(traffic.responses)
      .filter(([status, perSecond]) => status >= '400' && perSecond > 0.05)
      .sort((one, other) => other[1] - one[1])
      .slice(0, 2)
      .map(([status, perSecond]) => `${rate(perSecond)} ${REFUSALS[status] ?? status}`);
    const declined = Object.entries(traffic.decisions)
      .filter(([kind, perSecond]) => DECISIONS[kind] && perSecond > 0.05)
      .map(([kind, perSecond]) => `${rate(perSecond)} ${DECISIONS[kind]}`);
    const ordered = Object.keys(traffic.orders).length > 0;
    this.tile('Orders / s', ordered ? rate(traffic.orders.PLACED ?? 0) : NONE,
      ordered ? `${rate(traffic.orders.PAID ?? 0)} paid` : '');
    this.tile('p50 · p95', traffic.latency ? `${rate(traffic.latency.p50)} · ${rate(traffic.latency.p95)}` : NONE, 'ms for an order');
    this.tile('p99', traffic.latency ? rate(traffic.latency.p99) : NONE, 'ms for an order',
      traffic.latency?.p99 > 1000 ? 'bad' : traffic.latency?.p99 > 250 ? 'warn' : undefined);
    this.tile('Requests / s', rate(traffic.requests), traffic.inFlight === null ? ''
      : `${whole(traffic.inFlight)} of ${whole(traffic.inFlightLimit)} at once`);
    this.tile('Errors / s', rate(errors), '', errors > 0.05 ? 'bad' : undefined);
    this.tile('Refusals / s', rate(refused), [...kinds, ...declined].join(', '));
    this.tile('In the line', sale ? whole(sale.waiting) : NONE, sale ? `number ${whole(sale.serving)} of ${whole(sale.issued)}` : '');
    this.tile('Wait', sale ? duration(sale.waitSeconds) : NONE, sale
      ? `${rate(sale.servedPerSecond)} of at most ${whole(sale.pace)}/s` : '');
    this.tile('Admitted', sale ? whole(sale.admitted) : NONE, 'about to order');
    this.tile('Waitlist', sale ? whole(sale.waitlist) : NONE, '');
  }

  tile(name, value, note, tone) {
    let tile = this.tiles.get(name);
    if (!tile) {
      const box = element('div');
      tile = { value: element('span'), note: element('dt', ''), figure: element('dd') };
      tile.figure.append(tile.value);
      box.append(element('dt', name), tile.figure, element('dd', '', { class: 'note' }));
      tile.note = box.lastChild;
      $('tiles').append(box);
      this.tiles.set(name, tile);
    }
    set(tile.value, value);
    if (tone) tile.figure.dataset.tone = tone;
    else delete tile.figure.dataset.tone;
    set(tile.note, note || '\u00a0');
    tile.note.title = note;
  }

  light(light, at) {
    const shown = $('light');
    shown.dataset.colour = light.colour;
    set($('light-colour'), light.colour);
    const violations = light.lamps.reduce((all, lamp) => all + lamp.violations.length, 0);
    const age = light.checkedAt === null ? 'not checked yet' : `checked ${Math.max(0, Math.round((at - light.checkedAt) / 1000))} s ago`;
    set($('light-age'), `${violations} violation${violations === 1 ? '' : 's'}, ${light.failure ? 'databases away, ' : ''}${age}`);
    if (light.colour !== this.colour) {
      if (this.colour && light.colour !== 'DARK') $('spoken').textContent = `The audit is ${light.colour}`;
      this.colour = light.colour;
      document.title = (light.colour === 'RED' ? 'RED · ' : '') + 'Control room · Flash Sale';
    }
    const key = JSON.stringify(light.lamps) + (light.colour === 'DARK');
    if ($('lamps').dataset.key === key) return;
    $('lamps').dataset.key = key;
    $('lamps').replaceChildren(...light.lamps.map(lamp => this.lamp(lamp, light.colour === 'DARK')));
  }

  lamp(lamp, dark) {
    const colour = !lamp.green ? 'RED' : dark ? 'DARK' : 'GREEN';
    const item = element('li', undefined, { 'data-colour': colour });
    const word = { RED: 'violated', GREEN: 'holds', DARK: 'unknown' }[colour];
    const line = element('span', `${lamp.id} ${lamp.name}`, { class: 'lamp' });
    line.append(element('span', `: ${word}`, { class: 'spoken' }));
    item.append(line);
    if (lamp.violations.length > 0) {
      const list = element('ul');
      for (const wrong of lamp.violations) {
        const row = element('li', `${wrong.subject}: ${wrong.what}. Since ${clock(wrong.since)}`
          + (wrong.persists ? '. ' : ` until ${clock(wrong.lastSeen)}. `));
        for (const id of wrong.ids) {
          row.append(element('a', `Explain ${id.slice(0, 8)}…`, { href: 'explain?id=' + encodeURIComponent(id), target: '_blank' }), ' ');
        }
        list.append(row);
      }
      item.append(list);
    }
    return item;
  }

  processes(list) {
    fill($('processes'), [['process'], ['state'], ['CPU', 'number'], ['memory', 'number'], ['restarts', 'number'], ['pid', 'number']],
      list.map(one => [
        one.id,
        [one.state.toLowerCase(), one.state === 'READY' ? 'good' : TONES[one.state]],
        [one.cores === null ? NONE : `${Math.round(one.cores * 100)} %`, one.cores > 0.9 ? 'warn' : undefined],
        mib(one.bytes),
        [whole(one.restarts), one.restarts > 0 ? 'warn' : undefined],
        one.pid === null ? NONE : String(one.pid),
      ]));
  }

  queues(sample) {
    const services = sample.services.filter(one => one.outboxPending !== null || one.lag !== null || one.connections !== null);
    fill($('queues'), [['service'], ['outbox', 'number'], ['oldest', 'number'], ['lag', 'number'], ['connections', 'number']],
      services.map(one => [
        one.id,
        whole(one.outboxPending),
        [one.outboxAge === null ? NONE : `${rate(one.outboxAge)} s`, one.outboxAge > 5 ? 'bad' : one.outboxAge > 1 ? 'warn' : undefined],
        [whole(one.lag), one.lag > 1000 ? 'warn' : undefined],
        [one.connections === null ? NONE : `${whole(one.connections)} (+${whole(one.connectionsWaiting)})`,
          one.connectionsWaiting > 0 ? 'warn' : undefined],
      ]));
    const commits = sample.services.flatMap(one => one.commits.map(commit => [`${one.id} ${commit.queue}`, commit]));
    fill($('commits'), [['queue'], ['batch', 'number'], ['wait', 'number'], ['waiting', 'number']],
      commits.map(([name, commit]) => [name, rate(commit.batch),
        commit.waitMillis === null ? NONE : `${rate(commit.waitMillis)} ms`, whole(commit.depth)]));
  }

  engines(sample) {
    const { database, redis } = sample;
    const facts = [
      ['PG commits/s', rate(database?.commitsPerSecond)],
      ['PG rollbacks/s', rate(database?.rollbacksPerSecond)],
      ['PG log/s', database ? kib(database.walPerSecond) : NONE],
      ['PG lock waits', whole(database?.lockWaits)],
      ['PG connections', whole(database?.connections)],
      ['PG deadlocks', whole(database?.deadlocks)],
      ['Redis ops/s', rate(redis?.operationsPerSecond)],
      ['Redis answer', redis ? `${rate(redis.millis)} ms` : NONE],
      ['Redis memory', mib(redis?.usedBytes)],
      ['Redis evicted', whole(redis?.evictedKeys)],
    ];
    const list = $('engines');
    if (list.children.length === 0) {
      list.append(...facts.map(([name]) => {
        const box = element('div');
        box.append(element('dt', name), element('dd'));
        return box;
      }));
    }
    facts.forEach(([, text], i) => set(list.children[i].lastChild, text));
  }

  timeline(markers) {
    const newest = markers.toSorted((one, other) => other.number - one.number);
    $('timeline').replaceChildren(...newest.map(marker => {
      const item = element('li', undefined, { 'data-kind': marker.kind, 'data-grave': String(marker.grave) });
      item.append(element('time', clock(marker.at), { datetime: new Date(marker.at).toISOString() }), element('span', marker.text));
      return item;
    }));
  }
}
