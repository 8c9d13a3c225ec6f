"""A paper of ours to the printer, drawn in memory: nothing of it lies on the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from desktop.errors import Refusal
from desktop.printed_pages import Picture

Asking = Callable[[QWidget], "QPrinter | None"]


def ask_printer(place: QWidget) -> QPrinter | None:
    """Which printer; None where the person leaves."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    return printer if QPrintDialog(printer, place).exec() == QPrintDialog.DialogCode.Accepted else None


def print_pages(pages: Sequence[Picture], printer: QPrinter) -> None:
    """Pages as they were drawn. Raises `Refusal` print.failed."""
    painter = QPainter()
    if not painter.begin(printer):
        raise Refusal("print.failed", printer=printer.printerName() or printer.outputFileName())
    try:
        for number, page in enumerate(pages):
            if number:
                printer.newPage()
            drawn = QImage(page.rows, page.width, page.height, 3 * page.width, QImage.Format.Format_RGB888)
            painter.drawImage(QRectF(painter.viewport()), drawn)
    finally:
        if not painter.end():
            raise Refusal("print.failed", printer=printer.printerName())
