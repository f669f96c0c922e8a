// Saving what is shown, from the exports made beforehand: rows that are filtered out are left out, nothing is rewritten.
function quoted(text, place) { // the end of a CSV record that begins at place (RFC 4180)
  let inside = false;
  for (; place < text.length; place += 1) {
    if (text[place] === '"') inside = !inside;
    else if (text[place] === '\n' && !inside) return place + 1;
  }
  return text.length;
}

function csv(text, shown) {
  let place = quoted(text, 0);
  let kept = text.slice(0, place);
  while (place < text.length) {
    const end = quoted(text, place);
    const line = text.slice(place, end);
    const id = line.split(',', 1)[0].replace(/"/g, '');
    if (shown.has(id)) kept += line;
    place = end;
  }
  return kept;
}

function ics(text, shown, note) {
  const parts = text.split(/(?=BEGIN:VEVENT\r\n)|(?<=END:VEVENT\r\n)/);
  const kept = parts.filter((part) => {
    const id = part.startsWith('BEGIN:VEVENT') && part.match(/\r\nX-TIMELINE-EVENT:([^\r]+)/);
    return !id || shown.has(id[1]);
  });
  return kept.join('').replace('CALSCALE:GREGORIAN\r\n', 'CALSCALE:GREGORIAN\r\n' + folded('COMMENT:' + note.replace(/([\\;,])/g, '\\$1')));
}

function folded(line) { // RFC 5545: no line longer than 75 octets, none cut inside a character
  const octets = new TextEncoder();
  let out = '', width = 0;
  for (const letter of line) {
    const more = octets.encode(letter).length;
    if (width + more > 74) { out += '\r\n '; width = 1; }
    out += letter;
    width += more;
  }
  return out + '\r\n';
}

function json(shown, note) {
  const record = data();
  const keep = (events) => events.filter((event) => shown.has(event.id));
  const order = record.order.filter(([before, after]) => shown.has(before) && shown.has(after));
  const gaps = record.gaps.filter((gap) => shown.has(gap.before) && shown.has(gap.after));
  const part = { ...record, events: keep(record.events), undated: keep(record.undated), order, gaps };
  return JSON.stringify(shown.size === page.index.length ? record : { ...part, left_out: note }, null, 2) + '\n';
}

const KINDS = {
  json: ['itinerary.json', 'application/json', (shown, note) => json(shown, note)],
  events: ['events.csv', 'text/csv', (shown) => csv(read('exports').events, shown)],
  claims: ['claims.csv', 'text/csv', (shown) => csv(read('exports').claims, shown)],
  ics: ['itinerary.ics', 'text/calendar', (shown, note) => ics(read('exports').ics, shown, note)],
};

function save(kind) {
  const [file, type, make] = KINDS[kind];
  const left = page.index.length - page.shown.size;
  const undated = page.index.filter((entry) => page.shown.has(entry.id) && !entry.days.length).length;
  const text = make(page.shown, word('left_out', { left, undated }));
  const link = document.createElement('a');
  const address = URL.createObjectURL(new Blob([text], { type: type + ';charset=utf-8' }));
  link.href = address;
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  document.getElementById('said').textContent = word('saved', { file, n: page.shown.size, left });
}
