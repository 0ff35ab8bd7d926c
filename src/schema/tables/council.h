/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The Community Social Security Council: its bodies and their seats.
 * Read by dure-schema.h several times with other macros, so it has no include guard.
 */

CHOICES (BODY_LEVEL)
  CHOICE ("representative", "Representative council", "대표협의체")
  CHOICE ("working", "Working council", "실무협의체")
  CHOICE ("division", "Working division", "실무분과")
  CHOICE ("expert", "Expert committee", "전문위원회")
  CHOICE ("local", "Eup-myeon-dong council", "읍면동 협의체")
CHOICES_END

CHOICES (SEAT_ROLE)
  CHOICE ("chair", "Chair", "위원장")
  CHOICE ("co-chair-public", "Co-chair (public)", "공동위원장(공공)")
  CHOICE ("co-chair-private", "Co-chair (private)", "공동위원장(민간)")
  CHOICE ("vice-chair", "Vice-chair", "부위원장")
  CHOICE ("member", "Member", "위원")
  CHOICE ("secretary", "Secretary", "간사")
CHOICES_END

/* 사회보장급여법 제41조제3항 and 시행규칙 제5–7조. */
CHOICES (SEAT_CATEGORY)
  CHOICE ("scholar", "Scholar or expert in social security", "사회보장 학식·경험자")
  CHOICE ("institution", "Representative of a social-security institution", "사회보장기관·시설 대표")
  CHOICE ("non-profit", "Recommended by a non-profit organisation", "비영리민간단체 추천")
  CHOICE ("local-chair", "Chair of an eup-myeon-dong council", "읍면동 협의체 위원장")
  CHOICE ("official", "Official in charge of social security", "사회보장 업무 담당 공무원")
  CHOICE ("resident", "Resident", "주민")
CHOICES_END

CHOICES (APPOINTED_HOW)
  CHOICE ("official", "Appointed (official)", "임명")
  CHOICE ("private", "Appointed (private)", "위촉")
CHOICES_END

ENTITY (BODY, "body", Body, "Body", "Bodies", "협의체 조직")
  FIELD (BODY, NAME, "name", TEXT, "Name", "이름", .flags = REQUIRED | SEARCH | TITLE | LIST)
  FIELD (BODY, LEVEL, "level", CHOICE, "Level", "구분", .flags = REQUIRED | LIST, PICK (BODY_LEVEL))
  FIELD (BODY, PARENT, "parent", LINK, "Part of", "상위 조직", .flags = LIST, TO (BODY))
  FIELD (BODY, REGION, "region", LINK, "Region", "행정구역", .flags = LIST, TO (REGION))
  FIELD (BODY, LEAST, "least", INTEGER, "Least members", "최소 위원 수", .min = 0, .max = 1000)
  FIELD (BODY, MOST, "most", INTEGER, "Most members", "최대 위원 수", .min = 0, .max = 10000)
  FIELD (BODY, NOTE, "note", LONG_TEXT, "Note", "비고")
END (BODY)

ENTITY (SEAT, "seat", Seat, "Seat", "Seats", "위원")
  FIELD (SEAT, BODY, "body", LINK, "Body", "협의체 조직", .flags = REQUIRED | KEY | LIST, TO (BODY))
  FIELD (SEAT, PERSON, "person", LINK, "Person", "사람", .flags = REQUIRED | KEY | LIST, TO (PERSON))
  FIELD (SEAT, ROLE, "role", CHOICE, "Role", "직책", .flags = LIST, PICK (SEAT_ROLE), .initial = "member")
  FIELD (SEAT, SECTOR, "sector", CHOICE, "Sector", "공공·민간", .flags = LIST, PICK (SECTOR))
  FIELD (SEAT, CATEGORY, "category", CHOICE, "Legal category", "위원 구분", PICK (SEAT_CATEGORY))
  FIELD (SEAT, APPOINTED_HOW, "appointed_how", CHOICE, "Appointment", "임명·위촉", PICK (APPOINTED_HOW), GROUP ("Term", "임기"))
  FIELD (SEAT, APPOINTED_ON, "appointed_on", DATE, "Appointed on", "임명·위촉일")
  FIELD (SEAT, TERM_FROM, "term_from", DATE, "Term from", "임기 시작", .flags = REQUIRED | KEY | LIST)
  FIELD (SEAT, TERM_TO, "term_to", DATE, "Term to", "임기 끝", .flags = LIST, AFTER (SEAT, TERM_FROM))
  FIELD (SEAT, REAPPOINTMENTS, "reappointments", INTEGER, "Re-appointments", "연임 횟수", .min = 0, .max = 50)
  FIELD (SEAT, ENDED_ON, "ended_on", DATE, "Ended on", "해촉일", AFTER (SEAT, TERM_FROM))
  FIELD (SEAT, ENDED_WHY, "ended_why", TEXT, "Why ended", "해촉 사유")
  FIELD (SEAT, LETTER_NUMBER, "letter_number", TEXT, "Letter number", "위촉장 번호", .max = 60)
  FIELD (SEAT, RECOMMENDED_BY, "recommended_by", TEXT, "Recommended by", "추천 기관")
END (SEAT)
