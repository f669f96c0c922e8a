// What is shown: the filters, the search and the address after '#'. Works on the index, not on the page's elements.
const read = (name) => { const block = document.getElementById('data-' + name); return block && JSON.parse(block.textContent); };
const page = { words: read('words'), language: document.documentElement.lang };
const FACETS = ['source', 'actor', 'place', 'status', 'level'];
const word = (name, parts) => {
  const text = page.words[page.language][name];
  return text.replace(/\{(\w+)\}/g, (whole, key) => (parts && key in parts ? parts[key] : whole));
};
// NFC, lower case, no white space: Hangul typed as letters and as syllables, and spaced or not, find the same.
const fold = (text) => text.normalize('NFC').toLowerCase().replace(/\s+/g, '');

let texts = null; // event id -> folded text, made at the first search
function searchable() {
  if (texts) return texts;
  const record = data();
  const outlets = new Map(record.documents.map((it) => [it.id, [it.outlet, it.title].filter(Boolean).join('\n')]));
  texts = new Map();
  for (const event of [...record.events, ...record.undated]) {
    const told = event.claims.map((claim) => [claim.quote, claim.attribution, outlets.get(claim.document)].join('\n'));
    texts.set(event.id, fold([event.title, event.place, ...event.actors, event.constraint, ...told].join('\n')));
  }
  return texts;
}

let record = null; // itinerary.json, parsed when it is first needed
function data() {
  record = record || read('record');
  return record;
}

function empty() {
  return { event: '', q: '', from: '', until: '', disputed: false, source: [], actor: [], place: [], status: [], level: [] };
}

// The address: '#event=ID&status=planned&q=…'; a value that is repeated is an 'or'.
function fromHash(hash) {
  const state = empty();
  for (const [key, value] of new URLSearchParams(hash.replace(/^#/, ''))) {
    if (FACETS.includes(key)) state[key].push(value);
    else if (key === 'disputed') state.disputed = value === '1';
    else if (key in state) state[key] = value;
  }
  return state;
}

function toHash(state) {
  const parts = new URLSearchParams();
  for (const key of ['event', 'q', 'from', 'until']) if (state[key]) parts.set(key, state[key]);
  for (const key of FACETS) for (const value of state[key]) parts.append(key, value);
  if (state.disputed) parts.set('disputed', '1');
  const text = parts.toString();
  return text ? '#' + text : '#';
}

function passes(entry, state, wanted) {
  for (const key of FACETS) if (state[key].length && !state[key].some((value) => entry[key].includes(value))) return false;
  if (state.disputed && !entry.disputed) return false;
  if (state.from && !(entry.days.length && entry.days[1] >= state.from)) return false;
  if (state.until && !(entry.days.length && entry.days[0] <= state.until)) return false;
  return !wanted || searchable().get(entry.id).includes(wanted);
}

function matching(state) {
  const wanted = fold(state.q);
  return new Set(page.index.filter((entry) => passes(entry, state, wanted)).map((entry) => entry.id));
}
