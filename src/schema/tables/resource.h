/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Welfare resources: programmes, calls, applications, good practices.
 * Read by dure-schema.h several times with other macros, so it has no include guard.
 */

CHOICES (APPLICATION_STAGE)
  CHOICE ("received", "Received", "접수")
  CHOICE ("review", "Under review", "심사")
  CHOICE ("selected", "Selected", "선정")
  CHOICE ("running", "Running", "추진")
  CHOICE ("finished", "Finished", "완료")
  CHOICE ("not-selected", "Not selected", "미선정")
CHOICES_END

ENTITY (PROGRAMME, "programme", Programme, "Programme", "Programmes", "사업·복지자원")
  FIELD (PROGRAMME, AGENCY, "agency", LINK, "Agency", "운영 기관", .flags = REQUIRED | LIST, TO (AGENCY))
  FIELD (PROGRAMME, NAME, "name", TEXT, "Name", "사업명", .flags = REQUIRED | SEARCH | TITLE | LIST)
  FIELD (PROGRAMME, KIND, "kind", TEXT, "Kind", "사업 유형", .flags = LIST, .max = 60)
  FIELD (PROGRAMME, FOR_WHOM, "for_whom", TEXT, "For whom", "대상", .flags = SEARCH | LIST)
  FIELD (PROGRAMME, AREAS, "areas", SET, "Areas", "분야", .flags = LIST, PICK (AREA))
  FIELD (PROGRAMME, REGIONS, "regions", TEXT, "Regions", "지역")
  FIELD (PROGRAMME, CAPACITY, "capacity", INTEGER, "Capacity", "정원", .flags = LIST, .min = 0, .max = 1000000)
  FIELD (PROGRAMME, LEFT, "left", INTEGER, "Places left", "남은 자리", .flags = LIST, .min = 0, .max = 1000000)
  FIELD (PROGRAMME, FROM, "from", DATE, "From", "시작일", GROUP ("Period and money", "기간과 재원"))
  FIELD (PROGRAMME, TO, "to", DATE, "To", "종료일", AFTER (PROGRAMME, FROM))
  FIELD (PROGRAMME, FUNDED_BY, "funded_by", TEXT, "Funded by", "재원")
  FIELD (PROGRAMME, NEW_THIS_YEAR, "new_this_year", YES_NO, "New this year", "올해 신규", .flags = LIST)
  FIELD (PROGRAMME, HOW_TO_REFER, "how_to_refer", LONG_TEXT, "How to refer", "의뢰 방법", GROUP ("Referral", "의뢰"))
  FIELD (PROGRAMME, CONTACT, "contact", LINK, "Contact", "담당자", TO (PERSON))
  FIELD (PROGRAMME, NOTE, "note", LONG_TEXT, "Note", "비고")
END (PROGRAMME)

ENTITY (CALL, "call", Call, "Call", "Calls", "공모")
  FIELD (CALL, TITLE, "title", TEXT, "Title", "공모명", .flags = REQUIRED | SEARCH | TITLE | LIST)
  FIELD (CALL, BODY, "body", LINK, "Body", "협의체 조직", .flags = LIST, TO (BODY))
  FIELD (CALL, OPENS, "opens", DATE, "Opens", "접수 시작", .flags = LIST)
  FIELD (CALL, CLOSES, "closes", DATE, "Closes", "접수 마감", .flags = LIST, AFTER (CALL, OPENS))
  FIELD (CALL, NOTE, "note", LONG_TEXT, "Note", "비고")
END (CALL)

ENTITY (APPLICATION, "application", Application, "Application", "Applications", "신청")
  FIELD (APPLICATION, CALL, "call", LINK, "Call", "공모", .flags = REQUIRED | LIST, TO (CALL))
  FIELD (APPLICATION, BODY, "body", LINK, "Body", "협의체 조직", .flags = ONE_OF | LIST, TO (BODY))
  FIELD (APPLICATION, AGENCY, "agency", LINK, "Agency", "기관", .flags = ONE_OF | LIST, TO (AGENCY))
  FIELD (APPLICATION, PLAN, "plan", TEXT, "Plan title", "계획명", .flags = SEARCH | TITLE | LIST)
  FIELD (APPLICATION, STAGE, "stage", CHOICE, "Stage", "단계", .flags = LIST, PICK (APPLICATION_STAGE), .initial = "received")
  FIELD (APPLICATION, BUDGET, "budget", MONEY, "Budget", "예산", .flags = LIST, .min = 0, .max = G_MAXINT64)
  FIELD (APPLICATION, RESULT, "result", LONG_TEXT, "Result", "결과")
END (APPLICATION)

ENTITY (PRACTICE, "practice", Practice, "Good practice", "Good practices", "우수사례")
  FIELD (PRACTICE, TITLE, "title", TEXT, "Title", "제목", .flags = REQUIRED | SEARCH | TITLE | LIST)
  FIELD (PRACTICE, AGENCY, "agency", LINK, "Agency", "기관", .flags = LIST, TO (AGENCY))
  FIELD (PRACTICE, BODY, "body", LINK, "Body", "협의체 조직", .flags = LIST, TO (BODY))
  FIELD (PRACTICE, YEAR, "year", INTEGER, "Year", "연도", .flags = LIST, .min = 1900, .max = 2200)
  FIELD (PRACTICE, TEXT, "text", LONG_TEXT, "Text", "내용")
  FIELD (PRACTICE, TAGS, "tags", TEXT, "Tags", "꼬리표", .flags = SEARCH)
END (PRACTICE)
