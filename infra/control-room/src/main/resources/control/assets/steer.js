// Actions on the platform. Each is a POST with a header that no page of another site can send.

const $ = id => document.getElementById(id);
const OPEN = ['OPEN', 'SOLD_OUT'];

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
    $('fault-name').replaceChildren(...list.map(fault => new Option(fault.name, fault.name)));
    this.explain();
  }

  explain() {
    const fault = this.list?.find(one => one.name === $('fault-name').value);
    $('fault-text').textContent = fault ? fault.text[0].toUpperCase() + fault.text.slice(1) + '.' : '';
    $('fault-seconds').disabled = ['KILL', 'REPEAT'].includes(fault?.kind);
  }

  second(sale, active) {
    this.sale = sale;
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
