/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The network of agencies: ties, referrals, saved pictures.
 * Read by dure-schema.h several times with other macros, so it has no include guard.
 */

CHOICES (TIE_KIND)
  CHOICE ("agreement", "Agreement", "업무협약")
  CHOICE ("information", "Information exchange", "정보 공유")
  CHOICE ("resource", "Shared resources", "자원 공유")
  CHOICE ("programme", "Joint programme", "공동 사업")
  CHOICE ("other", "Other", "기타")
CHOICES_END

CHOICES (REFERRAL_KIND)
  CHOICE ("case", "Case", "사례 의뢰")
  CHOICE ("resource", "Resource", "자원 연계")
  CHOICE ("crisis", "Household in crisis", "위기가구 의뢰")
  CHOICE ("other", "Other", "기타")
CHOICES_END

ENTITY (TIE, "tie", Tie, "Tie", "Ties", "협력 관계")
  FIELD (TIE, FROM, "from", LINK, "From", "기관", .flags = REQUIRED | LIST, TO (AGENCY))
  FIELD (TIE, TO, "to", LINK, "To", "상대 기관", .flags = REQUIRED | LIST, TO (AGENCY), OTHER_THAN (TIE, FROM))
  FIELD (TIE, KIND, "kind", CHOICE, "Kind", "관계 종류", .flags = REQUIRED | LIST, PICK (TIE_KIND))
  FIELD (TIE, DIRECTED, "directed", YES_NO, "Directed", "한쪽 방향")
  FIELD (TIE, STRENGTH, "strength", INTEGER, "Strength", "세기", .flags = LIST, .min = 1, .max = 4, .initial = "1")
  FIELD (TIE, SINCE, "since", DATE, "From date", "시작일", .flags = LIST)
  FIELD (TIE, UNTIL, "until", DATE, "To date", "종료일", .flags = LIST, AFTER (TIE, SINCE))
  FIELD (TIE, EVIDENCE, "evidence", LINK, "Evidence", "근거 행사", TO (EVENT))
  FIELD (TIE, NOTE, "note", LONG_TEXT, "Note", "비고")
END (TIE)

ENTITY (REFERRAL, "referral", Referral, "Referral", "Referrals", "의뢰")
  FIELD (REFERRAL, FROM, "from", LINK, "From", "보낸 기관", .flags = REQUIRED | KEY | LIST, TO (AGENCY))
  FIELD (REFERRAL, TO, "to", LINK, "To", "받은 기관", .flags = REQUIRED | KEY | LIST, TO (AGENCY),
         OTHER_THAN (REFERRAL, FROM))
  FIELD (REFERRAL, MONTH, "month", TEXT, "Month", "월", .flags = REQUIRED | KEY | LIST | MONTH, .max = 7)
  FIELD (REFERRAL, KIND, "kind", CHOICE, "Kind", "종류", .flags = REQUIRED | KEY | LIST, PICK (REFERRAL_KIND))
  FIELD (REFERRAL, SENT, "sent", INTEGER, "Sent", "보냄", .flags = LIST | COUNT, .min = 0, .max = 1000000)
  FIELD (REFERRAL, ACCEPTED, "accepted", INTEGER, "Accepted", "받아들임", .flags = LIST | COUNT, .min = 0, .max = 1000000)
END (REFERRAL)

ENTITY (VIEW, "view", View, "Saved view", "Saved views", "저장한 관계망")
  FIELD (VIEW, NAME, "name", TEXT, "Name", "이름", .flags = REQUIRED | SEARCH | TITLE | LIST)
  FIELD (VIEW, EVENT, "event", LINK, "Event", "행사", .flags = LIST, TO (EVENT))
  FIELD (VIEW, FILTERS, "filters", LONG_TEXT, "Filters", "조건")
END (VIEW)

ENTITY (POSITION, "position", Position, "Position", "Positions", "자리")
  FIELD (POSITION, VIEW, "view", LINK, "View", "저장한 관계망", .flags = KEY, TO (VIEW))
  FIELD (POSITION, AGENCY, "agency", LINK, "Agency", "기관", .flags = REQUIRED | KEY | LIST, TO (AGENCY))
  FIELD (POSITION, X, "x", INTEGER, "X", "가로", .flags = REQUIRED, .min = -100000000, .max = 100000000)
  FIELD (POSITION, Y, "y", INTEGER, "Y", "세로", .flags = REQUIRED, .min = -100000000, .max = 100000000)
  FIELD (POSITION, PINNED, "pinned", YES_NO, "Pinned", "고정")
END (POSITION)
