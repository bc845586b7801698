"""Sheets to fill in, with the columns that are read; and a mapping file that says what it may hold."""

from __future__ import annotations

# rules/PLATFORM.md B.4, the AI-use request list.
USES = (
    "use_id,production,episode,scene,shot,shoot_date,performer,cast_no,character,act,modality,"
    "purpose(final|temp|pitch|marketing),tool,vendor,model_id,territory,media,language,changes_tone(y/n/?),"
    "scripted(y/n/?),recognisable(y/n/?),safety(y/n/?),age_from,age_to,seconds,platform,notified_on,approval_ref,"
    "business_reason\n"
)
CAST = (
    "cast_no,name,legal name,stage name,alias,character,contract,category,union,union id,age group,day rate,currency,"
    "agency,agent,manager,start,end,performer id\n"
)
COLUMNS = """\
# How this show's sheets are read: registry import SHEET --columns columns.yaml
# Whatever a sheet says by itself can be left out here.
format: consent-columns/1
# kind: cast-list        # shooting-schedule, day-out-of-days, call-sheet, deal-memos, casting-selects …
# sheet: Cast            # one sheet of a workbook
# heading_row: 4         # as the spreadsheet counts
# dates: mdy             # 03/04 is 4 March; dmy: 3 April
# year: 2026             # of days written without one
# date: 2026-10-06       # of a call sheet that does not say its day
# currency: USD          # of rates written without one
columns:                 # a heading of the sheet: what it is, or ignore
  Artiste: name
  Part: character
  Locker: ignore
people:                  # a name as the sheets write it: whose id is meant, on file or new
  Blue Heron: okafor
codes:                   # a day code of the show's own: the usual one
  TRV: T
"""
