"""Invented wire sentences of many fields, and what a reader of English prose must get out of each.

The marks are those of ``test_prose_en``: ``<Tuesday=06>`` is a time expression with its value.
"""

from __future__ import annotations

from typing import Any

from timeline.model import Authority, Role, Status
from timeline.prose import NoEvent

OCCURRED, PLANNED, CANCELLED = Status.OCCURRED, Status.PLANNED, Status.CANCELLED
RUMOURED, DENIED = Status.RUMOURED, Status.DENIED

# id, marked text, and for each statement the fields that must hold; "action" is the head's class, "also" another class
ROWS: list[tuple[str, str, list[dict[str, Any]]]] = [
    # visits and politics
    (
        "arrival_with_apposition",
        "Aurel Stanciu, chief executive of Costa Grande Lines, arrived in Port Valdre late on "
        "<Tuesday=06>, people familiar with the trip said.",
        [
            {
                "action": "arrive",
                "who": "Aurel Stanciu",
                "place": "Port Valdre",
                "authority": Authority.HEARSAY,
                "status": OCCURRED,
            }
        ],
    ),
    (
        "pronoun_takes_the_last_subject",
        "Aurel Stanciu, an engineer, arrived on <Monday=05>. On <Tuesday morning=06T06+6> he toured the "
        "container yard in eastern Valdre.",
        [{"action": "arrive"}, {"action": "visit", "who": "Aurel Stanciu", "place": "eastern Valdre"}],
    ),
    (
        "possessive_pronoun_is_about_him",
        "Aurel Stanciu, an engineer, left on <Monday=05>. His jet touched down at Brae Airport at about "
        "<10:20 p.m.=05T22:20>, an airport official said.",
        [
            {},
            {
                "action": "arrive",
                "who": "Aurel Stanciu",
                "place": "Brae Airport",
                "attribution": "an airport official",
                "authority": Authority.ATTRIBUTED,
                "summary": "Stanciu's jet touched down at Brae Airport",
            },
        ],
    ),
    (
        "fronted_time_and_family_name_first",
        "Shortly after <noon=07T12:00> she sat down to lunch with Harbour Works Chairman Oh Min-jae in a "
        "staff dining room. Oh told reporters it went well.",
        [{"action": "dine", "place": "staff dining room", "has_actor": "Oh Min-jae"}],
    ),
    (
        "plan_put_off",
        "A courtesy call on Ines Dalca, who chairs the Maritime Committee, had been planned for <Wednesday "
        "afternoon=07T12+6> but was put off because Dalca was needed in parliament, a committee official "
        "said.",
        [{"status": PLANNED, "action": "meet", "moved_plan": True, "attribution": "a committee official"}],
    ),
    (
        "expects_to",
        "The two companies expect to sign a memorandum of understanding on <Thursday=08>, one of the people said.",
        [{"status": PLANNED, "action": "sign", "told_past": False, "authority": Authority.HEARSAY}],
    ),
    (
        "is_to_and_gerund",
        "President Lia Moreau is to meet King Oskar on <Thursday=08> before flying home on <Friday=09>.",
        [
            {"status": PLANNED, "action": "meet", "who": "Lia Moreau"},
            {"status": PLANNED, "action": "depart", "who": "Lia Moreau"},
        ],
    ),
    (
        "will_not_attend",
        "The prime minister will not attend the summit on <Friday=09>, her office said.",
        [{"status": CANCELLED, "also": "attend", "attribution": "her office"}],
    ),
    (
        "the_two_leaders",
        "President Lia Moreau greeted Premier Anton Reyl on <Monday=05>. The two leaders signed an accord "
        "at <4 p.m.=05T16:00>.",
        [{"has_actor": "Anton Reyl"}, {"action": "sign", "has_actor": "Lia Moreau"}],
    ),
    (
        "negotiated_agreement",
        "Ministers reached an agreement on fishing quotas at <3 a.m.=07T03:00> after all-night talks in Osk.",
        [{"status": OCCURRED, "action": "sign"}],
    ),
    (
        "resignation",
        "Finance Minister Hedda Krol resigned on <Monday=05>, hours after the vote.",
        [{"action": "resign", "who": "Hedda Krol", "status": OCCURRED}],
    ),
    (
        "appointed_by_passive",
        "Former judge Milo Brand was sworn in as interior minister on <Tuesday=06>.",
        [{"action": "appoint", "status": OCCURRED}],
    ),
    (
        "election_ahead",
        "Voters go to the polls on <Sunday=11>.",
        [{"status": PLANNED, "action": "vote"}],
    ),
    (
        "two_present_verbs",
        "Polling stations open at <7 a.m.=11T07:00> and close at <8 p.m.=11T20:00>.",
        [{"status": PLANNED, "action": "open"}, {"status": PLANNED, "action": "close"}],
    ),
    (
        "concession",
        "Opposition leader Vera Stahl conceded defeat shortly before <midnight=05T23:59>.",
        [{"action": "concede", "who": "Vera Stahl"}],
    ),
    (
        "announcement_of_the_day_is_attribution",
        "The company announced on <Wednesday=07> that it would close its Tarn plant on <June 2=33>.",
        [{"no_event": NoEvent.ATTRIBUTION}, {"status": PLANNED, "action": "close", "attribution": "the company"}],
    ),
    (
        "announcement_with_object_is_an_event",
        "The bank announced a merger with Norra Trust on <April 30=0>.",
        [{"status": OCCURRED, "also": "announce"}],
    ),
    ("said_on_a_day", "Officials said on <Tuesday=06> that talks had failed.", [{"no_event": NoEvent.ATTRIBUTION}]),
    (
        "said_after_a_quote",
        '"We landed at <9 a.m.=06T09:00> and nobody told us anything," passenger Greta Lund told reporters '
        "on <Tuesday=06>.",
        [
            {"action": "arrive", "inside_quote": True, "attribution": "passenger Greta Lund"},
            {"no_event": NoEvent.ATTRIBUTION},
        ],
    ),
    # accidents and fires
    (
        "fire_broke_out_killing",
        "A fire broke out at a paper mill in Tarn at <2:15 a.m.=06T02:15>, killing three workers.",
        [{"action": "fire", "also": "die", "place": "Tarn", "status": OCCURRED}],
    ),
    (
        "put_out_parted",
        "Firefighters put the blaze out at <6 a.m.=06T06:00>, the fire service said.",
        [{"action": "extinguish", "who": "firefighters", "attribution": "the fire service"}],
    ),
    (
        "under_control",
        "The blaze was brought under control by <4:40 a.m.=06T04:40>, two hours before it was put out.",
        [{"action": "contain_fire"}],
    ),
    (
        "first_emergency_call",
        "The first emergency call came at <2:18 a.m.=06T02:18>, the control room said.",
        [{"action": "report", "attribution": "the control room"}],
    ),
    (
        "collision_noun_then_verb",
        "Police arrested a man on <Tuesday=06> after a collision on the A14 at <7:40 a.m.=06T07:40> left "
        "two people injured.",
        [{"action": "arrest", "who": "police", "object": "a man"}, {"action": "collide", "also": "injure"}],
    ),
    (
        "trains_collided",
        "Two trains collided near Aldmoor at <6:50 a.m.=06T06:50>.",
        [{"action": "collide", "place": "Aldmoor", "summary": "Two trains collided near Aldmoor"}],
    ),
    (
        "ferry_aground",
        "The ferry Meridian ran aground off Cape Orrin early on <Monday=05> with 112 people aboard.",
        [{"action": "overturn", "place": "Cape Orrin", "who": "Meridian"}],
    ),
    (
        "rescued_by_noon",
        "All passengers had been rescued by <noon=05T12:00>, the coastguard said.",
        [{"action": "rescue", "status": OCCURRED, "attribution": "the coastguard"}],
    ),
    (
        "lost_contact",
        "Controllers lost contact with the helicopter at <11:32 a.m.=06T11:32>.",
        [{"action": "vanish"}],
    ),
    (
        "two_verbs_two_times",
        "The bridge collapsed at <5:10 p.m.=06T17:10> and rescuers arrived at <5:25 p.m.=06T17:25>.",
        [{"action": "overturn"}, {"action": "arrive", "who": "rescuers"}],
    ),
    (
        "when_clause_in_front",
        "When divers reached the wreck at <9 a.m.=06T09:00>, the tide had turned.",
        [{"action": "arrive", "status": OCCURRED}],
    ),
    (
        "killed_passive",
        "A cyclist was killed in a crash on Mill Road on <Sunday=04>.",
        [{"action": "die", "also": "collide", "status": OCCURRED, "place": "Mill Road"}],
    ),
    # storms, quakes
    (
        "landfall_and_forecast",
        "Typhoon Maeli made landfall near Cape Orrin at <3 a.m.=07T03:00> and is expected to weaken on <Thursday=08>.",
        [{"action": "landfall", "place": "Cape Orrin", "has_actor": "Typhoon Maeli"}, {"status": PLANNED}],
    ),
    (
        "earthquake",
        "A 5.8-magnitude earthquake struck off the northern coast at <11:04 a.m.=06T11:04>.",
        [{"action": "quake", "status": OCCURRED}],
    ),
    (
        "river_burst_its_banks",
        "The Osk river burst its banks on <Monday night=05T18+6>, flooding 300 homes.",
        [{"action": "storm"}],
    ),
    (
        "warning_lifted",
        "The tsunami warning was lifted at <2 p.m.=06T14:00>.",
        [{"action": "lift"}],
    ),
    (
        "evacuated_from",
        "Residents of Lower Tarn were evacuated from <8 p.m.=06T20:00>.",
        [{"action": "evacuate", "role": Role.START}],
    ),
    # trials and crime
    (
        "sentenced",
        "The court sentenced former governor Pavel Drost to 12 years in prison on <May 3=03>.",
        [{"action": "sentence", "has_actor": "Pavel Drost", "status": OCCURRED}],
    ),
    (
        "trial_postponed",
        "The trial, scheduled to begin on <Monday=05>, was postponed to <May 20=20> after the judge fell ill.",
        [
            {"status": PLANNED, "action": "hearing", "moved_plan": True},
            {"status": PLANNED, "also": "postpone", "action": "hearing"},
        ],
    ),
    (
        "reduced_relative",
        "A man arrested on <Monday=05> was released on bail on <Tuesday=06>.",
        [{"action": "arrest"}, {"action": "detain"}],
    ),
    (
        "relative_clause",
        "Drost, who was arrested on <Monday=05>, appeared in court on <Tuesday=06>.",
        [{"action": "arrest"}, {"action": "hearing", "status": OCCURRED}],
    ),
    (
        "pleaded",
        "Former trader Nils Aho pleaded not guilty on <Tuesday=06> at Osk District Court.",
        [{"action": "hearing", "has_actor": "Nils Aho"}],
    ),
    (
        "will_appeal",
        "His lawyers said he would appeal on <Friday=09>.",
        [{"status": PLANNED, "action": "appeal", "attribution": "His lawyers"}],
    ),
    (
        "alleged",
        "Aho allegedly left the country on <Monday=05>.",
        [{"status": OCCURRED, "authority": Authority.HEARSAY, "action": "depart"}],
    ),
    (
        "is_believed_to_have",
        "He is believed to have left the country on <Monday=05>.",
        [{"status": OCCURRED, "authority": Authority.HEARSAY, "action": "depart"}],
    ),
    (
        "denied_reports",
        "The minister denied reports that he had met Brandt on <Monday=05>.",
        [{"status": DENIED, "action": "meet"}],
    ),
    (
        "denied_having",
        "Krol denied having met the lobbyist on <Friday=02>.",
        [{"status": DENIED, "action": "meet"}],
    ),
    (
        "denied_bail_is_no_denial",
        "The judge denied bail to Drost on <Tuesday=06>.",
        [{"status": OCCURRED}],
    ),
    (
        "rumours",
        "Rumours that the striker Tomas Vell would join Ironbridge FC on <Friday=09> spread online.",
        [{"status": RUMOURED, "has_actor": "Tomas Vell"}],
    ),
    (
        "rumour_called_untrue_in_the_next_sentence",
        "Rumours that the mayor would resign on <Friday=09> spread online. The town hall said that was untrue.",
        [{"status": DENIED, "action": "resign"}],
    ),
    (
        "speculation",
        "There was speculation that the two chief executives had met in Osk on <Sunday=04>.",
        [{"status": RUMOURED, "action": "meet", "place": "Osk"}],
    ),
    # sport
    (
        "match_won",
        "Ironbridge FC beat Calder United 2-1 on <Saturday=03> with a goal from Tomas Vell.",
        [{"action": "win", "also": "score", "who": "Ironbridge FC", "object": "Calder United"}],
    ),
    (
        "match_called_off",
        "<Monday=05>'s match between Ironbridge FC and Calder United was called off because of snow.",
        [{"status": CANCELLED, "action": "play"}],
    ),
    (
        "kick_off_ahead",
        "The final kicks off at <8 p.m.=10T20:00> at Calder Stadium.",
        [{"status": PLANNED, "action": "play", "also": "begin", "place": "Calder Stadium"}],
    ),
    (
        "signed_for",
        "Vell signed for Ironbridge FC on <May 2=02>.",
        [{"action": "transfer"}],
    ),
    # outages
    (
        "power_cut",
        "The power cut hit the capital at about <9:40 p.m.=05T21:40> and lasted <three hours=PT3H>.",
        [{"action": "fail", "measured": "PT3H"}, {"no_event": NoEvent.DURATION}],
    ),
    (
        "restored",
        "Service was restored shortly before <1 a.m.=06T01:00>, grid operator Lumen Power said.",
        [{"action": "restore", "attribution": "grid operator Lumen Power"}],
    ),
    (
        "corrected_time",
        "The utility first said power failed at <1:25 p.m.=06T13:25> but later corrected the time to <1:52 "
        "p.m.=06T13:52>.",
        [
            {"status": DENIED, "retracted": True, "action": "fail"},
            {"status": OCCURRED, "replaces": True, "action": "fail"},
        ],
    ),
    (
        "revised_from_to",
        "Investigators revised the time of the explosion from <1:25 p.m.=06T13:25> to <1:52 p.m.=06T13:52>.",
        [
            {"status": DENIED, "retracted": True, "action": "explode"},
            {"replaces": True, "action": "explode", "status": OCCURRED},
        ],
    ),
    (
        "moved_from_to",
        "The launch was moved from <Monday=12> to <Thursday=15>.",
        [
            {"status": PLANNED, "moved_plan": True, "action": "launch"},
            {"status": PLANNED, "moved_plan": False, "action": "launch"},
        ],
    ),
    (
        "brought_forward",
        "The launch was brought forward to <May 9=09>.",
        [{"status": PLANNED, "action": "launch"}],
    ),
    (
        "cancelled_visit",
        "The foundation cancelled a visit planned for <Friday=09>.",
        [{"status": CANCELLED, "action": "visit"}],
    ),
    (
        "went_offline",
        "The payment system went offline at <8:05 a.m.=06T08:05>, the bank said.",
        [{"action": "fail", "attribution": "the bank"}],
    ),
    (
        "until_of_a_state",
        "The road remained closed until <6 p.m.=06T18:00>.",
        [{"role": Role.END, "status": OCCURRED}],
    ),
    # disease, schools, business
    (
        "first_case",
        "Health officials confirmed the first case on <April 12=-18>; by <May 1=01> the outbreak had "
        "spread to four districts.",
        [{"action": "confirm_case", "who": "health officials"}, {"action": "confirm_case"}],
    ),
    ("reopen", "Schools will reopen on <Monday=12>.", [{"status": PLANNED, "action": "reopen"}]),
    (
        "tested_positive",
        "Two nurses at Vell General Hospital tested positive on <Saturday=03>, according to the health ministry.",
        [{"action": "confirm_case", "attribution": "the health ministry", "place": "Vell General Hospital"}],
    ),
    (
        "vaccination_begins",
        "Vaccination of staff is due to start on <Thursday=08>.",
        [{"status": PLANNED, "action": "vaccinate", "also": "begin"}],
    ),
    (
        "strike_began_and_ended",
        "The strike, which began on <April 28=-2>, ended on <Tuesday=06> after talks.",
        [{"action": "strike", "also": "begin"}, {"action": "strike", "also": "finish"}],
    ),
    (
        "agreed_to",
        "Norra Trust agreed to buy Costa Bank on <Monday=05>.",
        [{"also": "invest"}],
    ),
    # no events
    (
        "dateline",
        "VALDRE, <May 7=07> (Norra Newswire) - Talks failed at <9 a.m.=07T09:00>.",
        [{"no_event": NoEvent.STATE}, {}],
    ),
    ("published_line", "Published <May 7, 2031 6:05 AM=07T06:05>", [{"no_event": NoEvent.STATE}]),
    ("state_of_the_year", "Its shares are up 18% <this year=+y>.", [{"no_event": NoEvent.STATE}]),
    ("habit", "The council usually meets on <Tuesday=06>.", [{"no_event": NoEvent.GENERAL}]),
    ("set", "The ferry sails <every day=*>.", [{"no_event": NoEvent.RECURRENCE}]),
    ("nothing_told", "Photo: <May 4=04>.", [{"no_event": NoEvent.NO_PREDICATE}]),
    # order cues
    (
        "later_without_time",
        "Mayor Ines Dalca opened the fair on <Monday=05>. Later she flew to the coast.",
        [
            {"action": "open", "who": "Ines Dalca"},
            {"mention": None, "cue": "after", "cue_word": "Later", "who": "Ines Dalca", "action": "depart"},
        ],
    ),
    (
        "before_that",
        "He left at <noon=06T12:00>. Before that, he had met union leaders.",
        [{}, {"cue": "before", "action": "meet"}],
    ),
    # judged, refused and led times
    (
        "time_set_aside",
        "The ferry left port at <5:20 p.m.=06T17:20>, not <5:45 p.m.=06T17:45>, the operator said.",
        [{"status": OCCURRED, "action": "depart"}, {"status": DENIED, "retracted": True}],
    ),
    (
        "not_until",
        "The theft was not discovered until <9 a.m.=04T09:00>.",
        [{"status": OCCURRED, "action": "find"}],
    ),
    ("nobody", "Nobody met the minister on <Sunday=04>.", [{"status": DENIED, "action": "meet"}]),
    (
        "call_for_a_day",
        "Unions have called a strike for <May 15=15>, and dock workers walked out at <midnight=06T23:59>.",
        [{"status": PLANNED, "action": "strike"}, {"status": OCCURRED, "action": "strike"}],
    ),
    (
        "plan_judged_by_its_event",
        "Aho had been due to testify on <Monday=05>, but the hearing was adjourned until <Thursday=08>.",
        [{"status": PLANNED, "moved_plan": True, "action": "hearing"}, {"status": PLANNED, "action": "hearing"}],
    ),
    (
        "stay_extended",
        "Berg was scheduled to leave on <Wednesday morning=07T06+6> but extended her stay until <Thursday=08>.",
        [{"status": PLANNED, "moved_plan": True, "action": "depart", "who": "Berg"}, {"status": PLANNED}],
    ),
    (
        "speaking_on_a_day",
        "Mill owner Bo Rand, speaking on <Monday=05>, denied that the plant had leaked on <May 1=01>.",
        [{"no_event": NoEvent.ATTRIBUTION}, {"status": DENIED, "action": "fail"}],
    ),
    (
        "his_assistant",
        "Coach Emil Rask left on <Monday=05>. His assistant, Juno Park, will take charge of <Saturday=10>'s game.",
        [{"action": "depart", "who": "Emil Rask"}, {"action": "play", "who": "Juno Park", "status": PLANNED}],
    ),
    (
        "he_is_the_person_last_named",
        "Prosecutors charged former mayor Nils Aho with bribery on <April 30=0>. He was arrested at his home in Tarn at "
        "<6 a.m.=02T06:00>.",
        [{"action": "indict", "who": "prosecutors"}, {"action": "arrest", "who": "Nils Aho", "place": "Tarn"}],
    ),
    (
        "speaker_after_the_verb",
        "The tram came off the rails at <6:16 p.m.=06T18:16>, said Inge Walde, a spokeswoman for Osk Transit.",
        [{"action": "overturn", "attribution": "Inge Walde"}],
    ),
    (
        "source_is_no_actor",
        "A second victim died in hospital on <Tuesday=06>, according to Dr. Lena Moss of Vell General Hospital.",
        [{"action": "die", "actors": (), "attribution": "Dr. Lena Moss of Vell General Hospital"}],
    ),
    (
        "declared_and_extinguished",
        "The blaze was declared under control at <7:30 a.m.=06T07:30> and extinguished at <9:05 a.m.=06T09:05>.",
        [{"action": "contain_fire"}, {"action": "extinguish"}],
    ),
    (
        "arrival_delayed",
        "Moreau's arrival on <Tuesday=06> was delayed by fog.",
        [
            {
                "action": "arrive",
                "status": OCCURRED,
                "moved_plan": False,
                "summary": "Moreau's arrival was delayed by fog",
            }
        ],
    ),
    (
        "died_and_announced",
        "King Oskar, who had been in hospital since <April 28=-2>, died at <4:35 a.m.=06T04:35>, the palace announced at "
        "<7 a.m.=06T07:00>.",
        [{"no_event": NoEvent.STATE}, {"action": "die", "who": "Oskar"}, {"action": "announce", "status": OCCURRED}],
    ),
    (
        "past_tense_after_publication_is_a_plan",
        "The rocket lifted off at <10 p.m.=07T22:00>.",
        [{"status": PLANNED, "told_past": False}],
    ),
    (
        "the_two_companies",
        "Orla Robotics and Hwan Electronics held talks on <Monday=05>. Engineer Bo Rand said the two companies will sign on "
        "<Friday=09>.",
        [{"action": "meet"}, {"status": PLANNED, "action": "sign", "actors": ("Orla Robotics", "Hwan Electronics")}],
    ),
    (
        "country_with_a_point_of_the_compass",
        "Elia Thorn, head of U.S. robot maker Orla Robotics, arrived in South Vall late on <Tuesday=06>. His Falconet left "
        "on <Wednesday=07>.",
        [
            {"place": "South Vall", "actors": ("Elia Thorn", "Orla Robotics")},
            {"action": "depart", "who": "Elia Thorn"},
        ],
    ),
]
