// Actions on the platform. Each is a POST with a header that no page of another site can send.

const $ = id => document.getElementById(id);
const OPEN = ['OPEN', 'SOLD_OUT'];
const SWITCHES = {
  admission: ['Admission', 'customers get turns', 'the line stands'],
  payments: ['Payments', 'customers can pay', 'payments are refused'],
  purchases: ['Purchases', 'customers can buy', 'customers can only look'],
  'load-tests': ['Load tests', 'served', 'refused'],
};

async function send(method, path, body) {
  try {
    const response = await fetch('api/' + path, {
      method,
      headers: { 'X-Control-Room': '1', 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const answer = await response.json().catch(() => ({}));
    return response.ok ? '' : `${answer.title ?? response.status} ${answer.detail ?? ''}`;
  } catch {
    return 'The control room does not answer.';
  }
}

export class Steer {
  constructor() {
    this.sale = null;
    for (const action of ['pause', 'resume']) $(action).addEventListener('click', () => this.act(action));
    $('end').addEventListener('click', () => {
      $('confirm-text').textContent = `End “${this.sale.name}” for good? Its waitlist closes, and a sale that has ended cannot open again.`;
      this.ending = this.sale.id;
      $('confirm').showModal();
    });
    $('confirm').addEventListener('close', () => {
      if ($('confirm').returnValue === 'yes') this.tell(send('POST', `sales/${this.ending}/end`));
    });
    $('fault-form').addEventListener('submit', event => {
      event.preventDefault();
      this.tell(send('POST', 'faults/' + $('fault-name').value, { seconds: Number($('fault-seconds').value) }));
    });
    $('pace-form').addEventListener('submit', event => {
      event.preventDefault();
      this.tell(send('PUT', `sales/${this.sale.id}/admission-pace`, { admissionsPerSecond: Number($('pace').value) }));
    });
    $('load-form').addEventListener('submit', event => {
      event.preventDefault();
      this.tell(send('POST', 'load/' + $('load-story').value));
    });
    $('load-stop').addEventListener('click', () => this.tell(send('DELETE', 'load')));
    $('load-story').addEventListener('change', () => this.describeLoad(null));
    $('heal').addEventListener('click', () => this.tell(send('DELETE', 'faults')));
    $('fault-name').addEventListener('change', () => this.explain());
  }

  act(action) {
    this.tell(send('POST', `sales/${this.sale.id}/${action}`));
  }

  // Shows a refusal for some seconds.
  async tell(request) {
    const refusal = await request;
    clearTimeout(this.fading);
    $('refusal').hidden = !refusal;
    $('refusal').textContent = refusal;
    if (refusal) this.fading = setTimeout(() => { $('refusal').hidden = true; }, 10_000);
  }

  faults(list) {
    this.list = list;
    $('fault-form').hidden = list.length === 0;
    $('no-fault').textContent = list.length === 0 ? 'This platform gets no faults from here.' : 'No fault. Each heals itself.';
    $('fault-name').replaceChildren(...list.map(fault => new Option(fault.name, fault.name)));
    this.explain();
  }

  explain() {
    const fault = this.list?.find(one => one.name === $('fault-name').value);
    $('fault-text').textContent = fault ? fault.text[0].toUpperCase() + fault.text.slice(1) + '.' : '';
    $('fault-seconds').disabled = ['KILL', 'REPEAT'].includes(fault?.kind);
  }

  stories(list) {
    this.known = list;
    $('load-form').hidden = list.length === 0;
    $('load-text').hidden = list.length === 0;
    $('load-story').replaceChildren(...list.map(story => new Option(story.name, story.name)));
    this.describeLoad(null);
  }

  describeLoad(running) {
    const story = this.known?.find(one => one.name === $('load-story').value);
    const text = running
      ? `${running.name} ${running.stopping ? 'stops' : 'runs'} for ${Math.round((Date.now() - running.startedAt) / 1000)} s. ${running.line}`
      : story ? story.text[0].toUpperCase() + story.text.slice(1) + '.' : '';
    if ($('load-text').textContent !== text) $('load-text').textContent = text;
  }

  load(running) {
    $('load-start').disabled = running !== null;
    $('load-story').disabled = running !== null;
    $('load-stop').disabled = running === null || running.stopping;
    this.describeLoad(running);
  }

  pace(sale) {
    const field = $('pace');
    const able = Boolean(sale) && sale.state !== 'ENDED';
    field.disabled = !able;
    $('pace-form').querySelector('button').disabled = !able;
    const shown = able ? `${sale.id} ${sale.pace}` : '';
    // the field follows the sale, unless a person has begun to type
    if (field.dataset.shown === shown || document.activeElement === field) return;
    field.dataset.shown = shown;
    field.value = able ? sale.pace : '';
  }

  // A switch is a button that says its state, so that a screen reader hears it.
  switches(list) {
    const root = $('switches');
    root.hidden = !list;
    if (!list) return;
    const names = list.map(one => one.name).join();
    if (root.dataset.names !== names) {
      root.dataset.names = names;
      root.replaceChildren(...list.map(one => {
        const item = document.createElement('li');
        const button = document.createElement('button');
        button.type = 'button';
        button.setAttribute('role', 'switch');
        button.addEventListener('click', () => {
          this.tell(send('PUT', 'switches/' + one.name, { on: button.getAttribute('aria-checked') !== 'true' }));
        });
        button.textContent = (SWITCHES[one.name] ?? [one.name])[0];
        item.append(button, document.createElement('span'));
        return item;
      }));
    }
    list.forEach((one, i) => {
      const [button, text] = root.children[i].children;
      button.setAttribute('aria-checked', String(one.on));
      const words = (SWITCHES[one.name] ?? [one.name, 'on', 'off'])[one.on ? 1 : 2];
      if (text.textContent !== words) text.textContent = words;
    });
  }

  second(sale, active, load, switches) {
    this.sale = sale;
    this.pace(sale);
    this.load(load);
    this.switches(switches);
    $('pause').disabled = !sale || !OPEN.includes(sale.state);
    $('resume').disabled = sale?.state !== 'PAUSED';
    $('end').disabled = !sale || sale.state === 'ENDED';
    $('no-fault').hidden = active.length > 0;
    $('active').replaceChildren(...active.map(fault => {
      const item = document.createElement('li');
      item.dataset.healing = String(fault.healing);
      const rest = Math.max(0, Math.ceil((fault.endsAt - Date.now()) / 1000));
      item.textContent = fault.healing
        ? `${fault.target} heals …`
        : `${fault.text}${fault.endsAt ? `, ${rest} s more` : ''}`;
      return item;
    }));
  }
}
