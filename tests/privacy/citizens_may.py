"""What the citizens' side may do in the database, column by column: a list apart from that of the code.

Whoever makes a table, or gives one a column, that the citizens' side may touch says so here as well.
"""

MAY = """\
alembic_version SELECT: version_num
answer INSERT: id is_urgent kind month question response_id sealed value
change_rate SELECT: counted_on figures period
dossier_copy SELECT: content hash number phase_key published_on sha256
job_lease INSERT: holder name ran_at until
job_lease SELECT: holder name ran_at until
job_lease UPDATE: holder name ran_at until
kiosk SELECT: app_version code_hash code_until contact_day id is_persisted is_revoked label oldest_days pin
  quarantined queue settings site_code storage_pct token_hash
kiosk UPDATE: app_version code_hash code_until contact_day is_persisted is_revoked oldest_days quarantined queue
  storage_pct token_hash
kiosk_seen INSERT: box_hash key_hash week
kiosk_seen SELECT: box_hash key_hash week
moderated SELECT: figures period
offer SELECT: basis changed_on is_shown key name referral target_group
offer_nearby SELECT: area offer_key seen_on source
open_file SELECT: content name sha256
presence_file SELECT: kind number read_by read_on taken_in
receipt INSERT: is_read response_id tag themes week
receipt SELECT: is_read response_id tag themes week
receipt_answer SELECT: code first_week last_week theme
recording SELECT: lang name sound text_hash
release SELECT: catalogue fault hash id is_early number period previous_hash published_on signed_first signed_second
  state
rendering SELECT: content format lang part release_id sha256
response DELETE: rows
response INSERT: channel counted_month helped id is_burst is_due is_held is_in_sample is_partial is_released is_test
  lang nights_left quote_ok site_code survey_id version week
response SELECT: id is_test nights_left site_code week
response UPDATE: nights_left site_code
seal_month SELECT: month public
seen DELETE: rows
seen INSERT: box epoch mid
seen SELECT: box epoch mid
seen UPDATE: box epoch mid
side_mark INSERT: mark side
side_mark SELECT: mark side
site SELECT: code hours is_open kind kiosk_survey languages local_help municipality name paper_survey region
  sms_survey web_survey
sms_meter DELETE: rows
sms_meter INSERT: cell epoch n
sms_meter SELECT: cell epoch n
sms_meter UPDATE: cell epoch n
sms_sent DELETE: rows
sms_sent INSERT: epoch reference state
sms_sent SELECT: epoch reference state
sms_sent UPDATE: epoch reference state
sms_session DELETE: rows
sms_session INSERT: box epoch sid
sms_session SELECT: box epoch sid
sms_session UPDATE: box epoch sid
sms_sweep INSERT: complete_until erased_until oldest_hours provider
sms_sweep SELECT: complete_until erased_until oldest_hours provider
sms_sweep UPDATE: complete_until erased_until oldest_hours provider
sms_tally INSERT: event lang n question site_kind survey_id version week
sms_tally SELECT: event lang n question site_kind survey_id version week
sms_tally UPDATE: event lang n question site_kind survey_id version week
stop SELECT: hours key municipality name region site_code
survey_version SELECT: definition sha256 state survey_id version
target_group SELECT: age_band count file_number high low municipality name source year
target_share SELECT: category file_number high low name share source variable year
told SELECT: code decided_by decided_on outcome phase places themes
told_wording SELECT: body channel code lang said
track_entry SELECT: changed_on code first_on initiatives kind parts phase places stamp state themes title
track_link SELECT: code position relation target
withdrawal INSERT: quarter responses
withdrawal SELECT: quarter responses
withdrawal UPDATE: quarter responses
"""


def rights() -> set[tuple[str, str, str]]:
    """Table, right and column of each line; `rows` where a right is not for columns."""
    lines = MAY.replace("\n  ", " ").splitlines()
    heads = ((head.split(), columns.split()) for head, _, columns in (line.partition(": ") for line in lines))
    return {(table, right, column) for (table, right), columns in heads for column in columns}
