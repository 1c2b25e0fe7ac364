"""Forms that offices print and sign: pay sheets and lists as values, and the workbooks they are written to.

A form is a frozen value; its builders are pure. Only `write_form` and `fill_template` touch files. What a form
prints is Chinese, whatever language the command speaks.
"""

from cwgrade.forms.paper import Column, Field, Kind, Sheet
from cwgrade.forms.payroll import PayrollRow, payroll_sheet
from cwgrade.forms.workbook import write_form

__all__ = [
    "Column",
    "Field",
    "Kind",
    "PayrollRow",
    "Sheet",
    "payroll_sheet",
    "write_form",
]
