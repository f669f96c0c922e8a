// Reads a calendar from standard input with ical.js; one JSON row an event.
import fs from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const text = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString());
const rows = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    location: event.location ?? "",
    status: component.getFirstPropertyValue("status"),
    start: text(event.startDate),
    end: text(event.endDate),
    names: component.getAllProperties().map((property) => property.name),
  };
});
process.stdout.write(JSON.stringify(rows));
