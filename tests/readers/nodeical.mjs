// Reads a calendar from standard input with node-ical; one JSON row an event.
import fs from "node:fs";
import ical from "node-ical";

const pad = (number) => String(number).padStart(2, "0");
const day = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
const text = (date) => (date.dateOnly ? day(date) : date.toISOString());
const found = Object.values(ical.sync.parseICS(fs.readFileSync(0, "utf8"))).filter((part) => part.type === "VEVENT");
const plain = (value) => (value && typeof value === "object" ? value.val : value ?? "");
const rows = found.map((event) => ({
  uid: event.uid,
  summary: plain(event.summary),
  description: plain(event.description),
  location: plain(event.location),
  status: event.status,
  start: text(event.start),
  end: text(event.end),
  names: Object.keys(event),
}));
process.stdout.write(JSON.stringify(rows));
