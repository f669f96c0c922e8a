// Joins the parts: the form, the address, the list and the overview follow one state.
const form = document.getElementById('filters');
let state = fromHash(location.hash);
let drawing = null;

function apply(jump) {
  page.shown = matching(state);
  hide();
  rove();
  const total = page.index.length;
  const count = page.shown.size;
  const told = count === 0 ? word('none') : count === total ? word('shown_all', { total }) : word('shown', { n: count, total });
  const output = document.getElementById('count');
  output.textContent = `${count} / ${total}`;
  output.setAttribute('aria-label', told);
  document.getElementById('said').textContent = count === 0 ? told : '';
  for (const menu of all('.menu', form)) mark(menu);
  redraw();
  if (state.event) open(state.event, jump);
}

// The overview follows in the next frame, once for many changes: typing must not wait for it.
let waiting = 0;
let dimmed = false; // whether the overview shows less than all
function redraw() {
  const partly = page.shown.size < page.index.length;
  if (!drawing || waiting || !(partly || dimmed)) return;
  dimmed = partly;
  waiting = requestAnimationFrame(() => { waiting = 0; drawing.draw(); });
}

function mark(menu) {
  const chosen = all('input', menu).filter((it) => (it.type === 'checkbox' ? it.checked : it.value)).length;
  menu.toggleAttribute('data-used', chosen > 0);
  const text = menu.querySelector('.chosen');
  if (text) text.textContent = chosen ? String(chosen) : '';
}

function fill() {
  form.search.value = state.q;
  form.from.value = state.from;
  form.until.value = state.until;
  form.disputed.checked = state.disputed;
  for (const key of FACETS) for (const box of all(`input[name="${key}"]`, form)) box.checked = state[key].includes(box.value);
}

function gather() {
  state.q = form.search.value;
  state.from = form.from.value;
  state.until = form.until.value;
  state.disputed = form.disputed.checked;
  for (const key of FACETS) state[key] = all(`input[name="${key}"]:checked`, form).map((box) => box.value);
}

function remember() {
  const hash = toHash(state);
  if (hash !== (location.hash || '#')) history.replaceState(null, '', hash);
}

function start() {
  page.index = read('index');
  form.addEventListener('input', () => { gather(); remember(); apply(false); });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    state = { ...empty(), event: state.event };
    fill();
    remember();
    apply(false);
  });
  document.addEventListener('keydown', keys);
  document.addEventListener('click', (event) => {
    for (const menu of all('.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
    const go = event.target.closest('[data-go]');
    if (go) { event.preventDefault(); choose(go.dataset.go); }
    const kind = event.target.closest('[data-export]');
    if (kind) { save(kind.dataset.export); kind.closest('.menu').open = false; }
  });
  document.addEventListener('toggle', opened, true);
  window.addEventListener('hashchange', () => { state = fromHash(location.hash); fill(); apply(true); });
  window.addEventListener('beforeprint', () => { fade(); unfoldAll(); all('.row > details, .reprints, .asides, .legend').forEach((it) => { if (!it.open) { it.open = true; it.dataset.printed = ''; } }); });
  window.addEventListener('afterprint', () => all('[data-printed]').forEach((it) => { it.open = false; delete it.dataset.printed; }));
  document.getElementById('language').addEventListener('click', () => { switchLanguage(); apply(false); if (drawing) drawing.draw(); });
  document.getElementById('theme').addEventListener('click', theme);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawing && drawing.draw());
  watch();
  fill();
  apply(Boolean(state.event));
}

// The still picture is painted first; then plotly is inflated, run and put in its place. Where that cannot be, it stays.
async function begin() {
  const overview = document.querySelector('.overview');
  if (!overview) return;
  const still = () => { document.getElementById('still').hidden = false; };
  if (!window.DecompressionStream) { still(); return; }
  try {
    const [text] = await Promise.all([inflated('packed-plotly'), new Promise((done) => requestAnimationFrame(() => setTimeout(done)))]);
    const made = document.createElement('script');
    made.textContent = text; // runs at once if the policy holds its hash
    document.head.append(made);
    drawing = chart(read('figure'), choose);
  } catch (fault) {
    still();
    throw fault;
  }
  overview.classList.add('drawn');
  dimmed = Boolean(page.shown) && page.shown.size < page.index.length;
  const scale = document.getElementById('scale');
  scale.addEventListener('click', () => scale.setAttribute('aria-pressed', String(drawing.scale())));
  document.getElementById('unzoom').addEventListener('click', () => drawing.unzoom());
}

async function inflated(id) {
  const packed = atob(document.getElementById(id).textContent);
  const bytes = new Uint8Array(packed.length);
  for (let place = 0; place < bytes.length; place += 1) bytes[place] = packed.charCodeAt(place);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

// On paper the still picture shows what the list shows.
function fade() {
  for (const it of all('.picture [data-of]')) it.classList.toggle('faded', !page.shown.has(it.dataset.of));
}

function choose(id) {
  if (!page.shown.has(id)) { state = { ...empty(), event: id }; fill(); } else state.event = id;
  remember();
  apply(true);
}

function opened(event) {
  const row = event.target.parentElement && event.target.parentElement.dataset.event;
  if (!row || event.target.dataset.printed !== undefined) return;
  if (event.target.open) state.event = row;
  else if (state.event === row) state.event = '';
  remember();
}

function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  if (drawing) drawing.draw();
}

document.documentElement.classList.add('scripted');
begin();
document.addEventListener('DOMContentLoaded', start);
