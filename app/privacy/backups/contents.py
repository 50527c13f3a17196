"""What a backup holds. Every table stands in one of the two lists, and a test says so."""

LEFT_OUT = frozenset((
    "seen", "sms_session", "sms_meter", "sms_sent",  # live under day keys, which no copy may outlive
    "staff_session", "sign_in_errand", "claim", "job_lease",  # last for minutes or hours
    "recovery_code",  # good once: a copy would bring back those that were used
    "release_preview", "release_progress",  # asked for and made again
))  # fmt: skip

KEPT = frozenset((
    "site", "stop", "kiosk", "survey_version", "recording", "seal_month", "sms_sweep", "sms_tally", "kiosk_seen",
    "response", "answer", "receipt", "counted_month", "tally", "answering", "withdrawal",
    "paper_batch", "paper_hand", "paper_check", "paper_sheet",
    "text_item", "mask_span", "statement", "tagging", "kept_tag", "rereading", "skipped", "memo", "suggestion_shown",
    "quote", "safeguarding_case", "undo_entry", "undo_field", "undo_tagging", "split_stay",
    "code", "codebook_version", "code_memo", "code_event", "code_redirect", "code_split",
    "alert_word", "settled_word", "week_read", "moderated", "saved_filter", "keyboard",
    "user", "account_elsewhere", "account_wish", "audit", "audit_cut", "side_mark",
    "release", "cell", "rendering", "open_file", "change_rate",
    "finding", "finding_version", "finding_comment", "peer_verdict", "peer_home",
    "phase", "phase_moved_date", "gate_reason", "dossier", "dossier_copy",
    "proposal", "proposal_finding", "proposal_research", "former_answer",
    "decision", "decision_proposal", "decision_weighed", "decision_writer",
    "research", "research_file", "research_relation", "decidim_link",
    "action", "action_milestone", "action_evidence",
    "telling", "told", "told_wording", "receipt_answer", "track_entry", "track_link",
    "presence_file", "target_group", "target_share", "offer", "offer_nearby",
))  # fmt: skip
