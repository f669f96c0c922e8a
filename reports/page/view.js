// The list: which rows stand on the page, which are shown, which is open, and the language they are told in.
const all = (selector, within) => [...(within || document).querySelectorAll(selector)];
const rowOf = (id) => document.getElementById('event=' + id);

// In long itineraries a piece of the list is kept as the text of a noscript until it comes near the screen.
function unfold(holder) {
  const kept = holder.querySelector(':scope > noscript');
  if (!kept) return;
  const made = document.createRange().createContextualFragment(kept.textContent);
  kept.replaceWith(made);
  if (page.swapped) swap(holder);
  if (page.shown) hide(holder);
  rove(holder);
}

function unfoldAll() {
  all('.chunk, #table').forEach(unfold);
}

function reach(id) {
  const chunk = all('.chunk[data-ids]').find((it) => it.dataset.ids.split(' ').includes(id));
  if (chunk) unfold(chunk);
  return rowOf(id);
}

function hide(holder) {
  const pieces = holder ? [holder] : all('.chunk');
  for (const chunk of pieces) {
    for (const row of all('.row', chunk)) row.hidden = !page.shown.has(row.dataset.event);
    for (const day of all('.day', chunk)) day.hidden = !day.querySelector('.row:not([hidden])');
    if (!chunk.dataset.ids) continue;
    const left = chunk.dataset.ids.trim().split(' ').filter((id) => page.shown.has(id)).length;
    chunk.hidden = left === 0;
    chunk.style.minHeight = chunk.querySelector('noscript') ? left * 116 + 'px' : '';
  }
  for (const line of all('[data-row]')) line.hidden = !page.shown.has(line.dataset.row);
}

function watch() {
  const near = new IntersectionObserver((moved) => {
    for (const it of moved) if (it.isIntersecting) { near.unobserve(it.target); unfold(it.target); }
  }, { rootMargin: '600px' });
  all('.chunk[data-ids]').forEach((chunk) => near.observe(chunk));
  const table = document.getElementById('table');
  table.addEventListener('toggle', () => unfold(table));
}

// --- keyboard: one row at a time is in the tab order; arrows walk, Enter opens (the browser's own), Escape closes

const handles = (within) => all('.row > details > summary', within);
const seen = (handle) => !handle.closest('[hidden]'); // asked of the elements alone: no layout is forced
const visible = () => handles().filter(seen);

function rove(within) {
  for (const it of handles(within)) it.tabIndex = -1;
  const rows = visible();
  if (!rows.some((it) => it.tabIndex === 0)) {
    const first = rows[0];
    if (first) first.tabIndex = 0;
  }
}

function step(from, by) {
  let rows = visible();
  let place = rows.indexOf(from) + by;
  if (place >= rows.length) {
    const next = all('.chunk[data-ids]').find((it) => !it.hidden && it.querySelector(':scope > noscript'));
    if (next) { unfold(next); rows = visible(); }
  }
  const to = rows[Math.min(Math.max(place, 0), rows.length - 1)];
  if (to) hold(to);
}

function hold(handle) {
  for (const it of all('.row > details > summary[tabindex="0"]')) it.tabIndex = -1;
  handle.tabIndex = 0;
  handle.focus({ preventScroll: true });
  handle.scrollIntoView({ block: 'nearest' });
}

function keys(event) {
  const row = event.target.closest && event.target.closest('.row');
  if (event.key === 'Escape') return escape(event, row);
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (!row || !event.target.matches('.row > details > summary')) {
    if (event.key === '/' && !event.target.matches('input')) { event.preventDefault(); document.getElementById('search').focus(); }
    return;
  }
  const move = { ArrowDown: 1, ArrowUp: -1, Home: -1e9, End: 1e9 }[event.key];
  if (!move) return;
  event.preventDefault();
  if (event.key === 'End') unfoldAll();
  step(event.target, move);
}

function escape(event, row) {
  const menu = event.target.closest && event.target.closest('.menu[open]');
  if (menu) { menu.open = false; menu.querySelector('summary').focus(); return; }
  const details = row && row.querySelector('details');
  if (!details || !details.open) return;
  event.preventDefault();
  details.open = false;
  hold(details.querySelector('summary'));
}

// --- opening and languages

function open(id, jump) {
  const row = reach(id);
  if (!row || row.hidden) return;
  row.querySelector('details').open = true;
  if (!jump) return;
  hold(row.querySelector('summary'));
  row.scrollIntoView({ block: 'start' });
  row.classList.add('flash');
  setTimeout(() => row.classList.remove('flash'), 1500);
}

// Fixed labels stand in i elements and are looked up; every other text keeps its other language beside it.
function swap(within) {
  const fixed = Object.entries(page.words.fixed);
  const other = new Map(page.language === page.words.order[1] ? fixed : fixed.map(([main, alt]) => [alt, main]));
  for (const it of all('i', within)) it.textContent = other.get(it.textContent) || it.textContent;
  for (const it of all('[data-alt]', within)) [it.textContent, it.dataset.alt] = [it.dataset.alt, it.textContent];
  for (const it of all('[data-alt-name]', within)) {
    const old = it.getAttribute('aria-label');
    it.setAttribute('aria-label', it.dataset.altName);
    it.dataset.altName = old;
  }
  for (const it of all('[data-alt-placeholder]', within)) [it.placeholder, it.dataset.altPlaceholder] = [it.dataset.altPlaceholder, it.placeholder];
}

function switchLanguage() {
  const order = page.words.order;
  page.language = order[1 - order.indexOf(page.language)];
  page.swapped = !page.swapped;
  document.documentElement.lang = page.language;
  document.getElementById('language').lang = order[1 - order.indexOf(page.language)];
  swap();
}
