/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the program keeps for itself: attachments, busy times, settings, conflicts.
 * Read by dure-schema.h several times with other macros, so it has no include guard.
 */

CHOICES (CONFLICT_STATE)
  CHOICE ("open", "Open", "확인 필요")
  CHOICE ("kept", "Latest kept", "최신 값 유지")
  CHOICE ("restored", "Other value restored", "다른 값으로 되돌림")
  CHOICE ("written", "A third value written", "새 값으로 정함")
CHOICES_END

ENTITY (ATTACHMENT, "attachment", Attachment, "Attachment", "Attachments", "첨부")
  FIELD (ATTACHMENT, OWNER_ENTITY, "owner_entity", TEXT, "Kind of owner", "대상 종류", .flags = REQUIRED)
  FIELD (ATTACHMENT, OWNER, "owner", TEXT, "Owner", "대상", .flags = REQUIRED | REFERENCE, .max = 36)
  FIELD (ATTACHMENT, NAME, "name", TEXT, "Name", "파일 이름", .flags = REQUIRED | SEARCH | TITLE | LIST)
  FIELD (ATTACHMENT, TYPE, "type", TEXT, "Type", "형식", .flags = LIST)
  FIELD (ATTACHMENT, SIZE, "size", INTEGER, "Size", "크기", .flags = LIST, .min = 0, .max = G_MAXINT64)
  FIELD (ATTACHMENT, SHA256, "sha256", TEXT, "SHA-256", "SHA-256", .max = 64)
END (ATTACHMENT)

ENTITY (BUSY, "busy", Busy, "Busy time", "Busy times", "불가 시간")
  FIELD (BUSY, PERSON, "person", LINK, "Person", "사람", .flags = ONE_OF | LIST, TO (PERSON))
  FIELD (BUSY, AGENCY, "agency", LINK, "Agency", "기관", .flags = ONE_OF | LIST, TO (AGENCY))
  FIELD (BUSY, VENUE, "venue", LINK, "Venue", "장소", .flags = ONE_OF | LIST, TO (VENUE))
  FIELD (BUSY, FROM, "from", DATE_TIME, "From", "시작", .flags = REQUIRED | LIST)
  FIELD (BUSY, TO, "to", DATE_TIME, "To", "끝", .flags = REQUIRED | LIST, AFTER (BUSY, FROM))
  FIELD (BUSY, WHY, "why", TEXT, "Why", "사유", .flags = LIST)
END (BUSY)

/* Two records that look like one and are not: nobody is asked again. `one` is the smaller id. */
ENTITY (DISTINCT, "distinct", Distinct, "Not a duplicate", "Not duplicates", "중복 아님")
  FIELD (DISTINCT, ENTITY, "entity", TEXT, "Kind of record", "자료 종류", .flags = REQUIRED | KEY | LIST, .since = 2)
  FIELD (DISTINCT, ONE, "one", TEXT, "Record", "자료", .flags = REQUIRED | KEY | LIST, .max = 36, .since = 2)
  FIELD (DISTINCT, OTHER, "other", TEXT, "Other record", "다른 자료", .flags = REQUIRED | KEY | LIST, .max = 36, .since = 2)
END (DISTINCT)

ENTITY (SETTING, "setting", Setting, "Setting", "Settings", "설정값")
  FIELD (SETTING, NAME, "name", TEXT, "Name", "이름", .flags = REQUIRED | KEY | TITLE | LIST)
  FIELD (SETTING, VALUE, "value", LONG_TEXT, "Value", "값", .flags = LIST)
  FIELD (SETTING, ARTICLE, "article", TEXT, "Article", "근거 조문", .flags = LIST)
END (SETTING)

/* Written by the server alone; ARCHITECTURE: a clash keeps both values. */
ENTITY (CONFLICT, "conflict", Conflict, "Conflict", "Conflicts", "충돌")
  FIELD (CONFLICT, ENTITY, "entity", TEXT, "Kind of record", "자료 종류", .flags = SERVER | REQUIRED | KEY | LIST)
  FIELD (CONFLICT, RECORD, "record", TEXT, "Record", "자료", .flags = SERVER | REQUIRED | KEY | LIST | REFERENCE, .max = 36)
  FIELD (CONFLICT, FIELD, "field", TEXT, "Field", "항목", .flags = SERVER | REQUIRED | KEY | LIST)
  FIELD (CONFLICT, WON, "won", LONG_TEXT, "Value that stands", "현재 값", .flags = SERVER | LIST)
  FIELD (CONFLICT, WON_BY, "won_by", TEXT, "Written by", "현재 값 작성자", .flags = SERVER | LIST)
  FIELD (CONFLICT, WON_STAMP, "won_stamp", TEXT, "Stamp of the value that stands", "현재 값 시각", .flags = SERVER | KEY)
  FIELD (CONFLICT, LOST, "lost", LONG_TEXT, "Value that lost", "다른 값", .flags = SERVER | LIST)
  FIELD (CONFLICT, LOST_BY, "lost_by", TEXT, "Lost value written by", "다른 값 작성자", .flags = SERVER | LIST)
  FIELD (CONFLICT, LOST_STAMP, "lost_stamp", TEXT, "Stamp of the value that lost", "다른 값 시각", .flags = SERVER | KEY)
  FIELD (CONFLICT, STATE, "state", CHOICE, "State", "상태", .flags = LIST, PICK (CONFLICT_STATE), .initial = "open")
END (CONFLICT)
