"""The sentences that say what to send, one for each way of answering."""

from app.core.i18n import N_

A_NUMBER = N_("Reply with a number from %(low)s to %(high)s.")
YES_PARTLY_NO = N_("Reply 1 for yes, 2 for partly or 3 for no.")
YES_NO = N_("Reply 1 for yes or 2 for no.")
SEVERAL = N_("Reply with up to %(most)s numbers from 1 to %(high)s.")
IN_ORDER = N_("Reply with up to %(most)s numbers from 1 to %(high)s, the most important first.")
WORDS = N_("Write it in words, or write SKIP.")
