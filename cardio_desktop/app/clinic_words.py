"""What the reader is told of the exchange with the clinic's database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.store_copy import kind_words

if TYPE_CHECKING:
    from cardio_desktop.app.clinic_sync import News


def sentences(news: News) -> list[str]:
    """Return the sentences of what a round of the exchange has brought."""
    told = []
    if news.lost is not None:
        told.append(
            tr(
                "The clinic's database cannot be reached ({why}). What you mark, write and sign is kept on this "
                "computer, and is sent as soon as the database is back."
            ).format(why=news.lost)
        )
    if news.back is not None:
        told.append(tr("The clinic's database is back; {count} changes were sent.").format(count=news.back))
    if news.forked:
        told.append(
            tr(
                "The audit trail on this computer is not the one that the clinic's database holds of it: the data "
                "folder was put back to an earlier day, or entries were removed. A new chain was begun; tell your "
                "administrator."
            )
        )
    if news.met:
        told.append(
            tr(
                "Another reader changed {what} of an ECG at the same time as you. Words of both are kept, of "
                "everything else what was said last; look at it again."
            ).format(what=", ".join(kind_words(kind) for kind in news.met))
        )
    return told
