/* Reads a calendar from standard input with libical: one line an event (UID, start, end, summary, tab between), then
   "errors N" (X-LIC-ERROR properties) and "valid 0|1" (icalrestriction_check). Build: cc libical.c -lical */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_time(struct icaltimetype time) {
    if (icaltime_is_date(time)) {
        printf("%04d-%02d-%02d", time.year, time.month, time.day);
        return;
    }
    struct icaltimetype utc = icaltime_convert_to_zone(time, icaltimezone_get_utc_timezone());
    printf("%04d-%02d-%02dT%02d:%02d:%02dZ", utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second);
}

static int errors_in(icalcomponent *part) {
    int count = 0;
    for (icalproperty *p = icalcomponent_get_first_property(part, ICAL_XLICERROR_PROPERTY); p;
         p = icalcomponent_get_next_property(part, ICAL_XLICERROR_PROPERTY)) {
        fprintf(stderr, "%s\n", icalproperty_as_ical_string(p));
        count++;
    }
    for (icalcomponent *c = icalcomponent_get_first_component(part, ICAL_ANY_COMPONENT); c;
         c = icalcomponent_get_next_component(part, ICAL_ANY_COMPONENT))
        count += errors_in(c);
    return count;
}

int main(void) {
    size_t size = 0, room = 1 << 20;
    char *text = malloc(room);
    for (size_t got; (got = fread(text + size, 1, room - size - 1, stdin)) > 0;) {
        size += got;
        if (size + 1 >= room) text = realloc(text, room *= 2);
    }
    text[size] = 0;
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar) return 1;
    for (icalcomponent *c = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); c;
         c = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        printf("%s\t", icalcomponent_get_uid(c));
        print_time(icalcomponent_get_dtstart(c));
        putchar('\t');
        print_time(icalcomponent_get_dtend(c));
        putchar('\t');
        for (const char *s = icalcomponent_get_summary(c); *s; s++) putchar(*s == '\n' ? 1 : *s);
        putchar('\n');
    }
    int valid = icalrestriction_check(calendar); /* adds its findings as X-LIC-ERROR */
    printf("errors %d\nvalid %d\n", errors_in(calendar), valid);
    return 0;
}
