// Reads [text, …] from the standard input; writes [[{uid, summary, start, end}, …], …], the
// instants in seconds since 1970, as ical.js understands them. A fault ends it with its message.
// With « sittings » as its argument it unrolls what repeats, at most 200 times each.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const MOST = 200;

// A day has no instant: the number of its midnight in UTC stands for it.
const instant = (time) =>
  time.isDate ? Date.UTC(time.year, time.month - 1, time.day) / 1000 : time.toUnixTime();

const seconds = (property) => (property ? instant(property.getFirstValue()) : null);

const events = (calendar) =>
  calendar.getAllSubcomponents("vevent").map((event) => ({
    uid: event.getFirstPropertyValue("uid"),
    summary: event.getFirstPropertyValue("summary"),
    start: seconds(event.getFirstProperty("dtstart")),
    end: seconds(event.getFirstProperty("dtend")),
  }));

const sittings = (calendar) => {
  const found = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  const exceptions = found.filter((event) => event.isRecurrenceException());
  return found
    .filter((event) => !event.isRecurrenceException())
    .flatMap((event) => {
      exceptions.filter((e) => e.uid === event.uid).forEach((e) => event.relateException(e));
      const held = [];
      const iterator = event.iterator();
      for (let time = iterator.next(); time && held.length < MOST; time = iterator.next()) {
        const { item, startDate, endDate } = event.getOccurrenceDetails(time);
        const [start, end] = [instant(startDate), instant(endDate)];
        held.push({ uid: event.uid, summary: item.summary, start, end });
      }
      return held;
    });
};

const read = process.argv[2] === "sittings" ? sittings : events;
const calendars = JSON.parse(readFileSync(0, "utf8"));
// Times are read by the rules that the calendar itself gives.
const parsed = calendars.map((text) => new ICAL.Component(ICAL.parse(text)));
process.stdout.write(JSON.stringify(parsed.map(read)));
