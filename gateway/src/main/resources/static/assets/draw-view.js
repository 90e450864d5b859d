// How a sale draws its places, and the check of it in this browser. The page asks for the draw when a customer opens the
// section, since a crowd that all asks for it would be a burden.
import { read } from './api.js';
import { messages } from './messages.js';
import { $, setText } from './page.js';
import { customer } from './session.js';

const words = messages.draw;
const RETRY_MS = 3000;
const bytesOf = hex => Uint8Array.from(hex.match(/../g) ?? [], pair => parseInt(pair, 16));
const hexOf = buffer => Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, '0')).join('');

/** The first 48 bits of HMAC-SHA256(seed, customer id), as `./flashsale draw verify` prints them. */
async function placeOf(seed, person) {
  const key = await crypto.subtle.importKey('raw', bytesOf(seed), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(person.toLowerCase()));
  return String(parseInt(hexOf(mac).slice(0, 12), 16)).padStart(15, '0');
}

async function verdict({ commitment, seed }, seen) {
  if (!seed) return [words.secret, ''];
  // only https and localhost have it
  if (!crypto.subtle) return [words.unchecked, ''];
  const holds = hexOf(await crypto.subtle.digest('SHA-256', bytesOf(seed))) === commitment && (!seen || seen === commitment);
  return holds ? [seen ? words.seenBefore : words.holds, 'good'] : [words.broken, 'bad'];
}

/** A commitment from before the opening stays in this tab: it is what the seed has to fit. */
function seenBefore(id, { commitment, seed }) {
  const name = `draw:${id}`;
  if (!seed) sessionStorage.setItem(name, commitment);
  return seed ? sessionStorage.getItem(name) : null;
}

/** Gives the draw back, or null if there was no answer. */
async function show(id) {
  try {
    const draw = await read(`/api/v1/sales/${id}/queue/draw`, { tries: 2 });
    setText($('commitment'), draw.commitment);
    setText($('seed'), draw.seed ?? '…');
    const [text, kind] = await verdict(draw, seenBefore(id, draw));
    setText($('verdict'), text);
    $('verdict').className = kind;
    setText($('drawn-place'), draw.seed && customer() && crypto.subtle ? words.yours(await placeOf(draw.seed, customer())) : '');
    return draw;
  } catch (failure) {
    setText($('verdict'), words.unknown);
    $('verdict').className = 'bad';
    return null;
  }
}

/** Shows the section for a sale that draws. It asks until it has the seed, which comes with the opening. */
export function drawSection(id) {
  const section = $('draw');
  let known = null;
  let askAfter = 0;
  return {
    update(it) {
      section.hidden = !it.isDrawn;
      const phase = it.isBeforeOpening ? 'before' : 'after';
      if (!section.open || known === phase || performance.now() < askAfter) return;
      askAfter = performance.now() + RETRY_MS;
      setText($('draw-command'), `./flashsale draw verify --sale ${id}${customer() ? ` --customer ${customer()}` : ''}`);
      show(id).then(draw => { if (draw?.seed || (draw && phase === 'before')) known = phase; });
    },
    onOpen(listener) {
      section.ontoggle = () => {
        known = null;
        askAfter = 0;
        listener();
      };
    },
  };
}
