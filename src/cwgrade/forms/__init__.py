"""Forms that offices print and sign: pay sheets and lists as values, and the workbooks they are written to.

A form is a frozen value; its builders are pure. Only `write_form` and `fill_template` touch files. What a form
prints is Chinese, whatever language the command speaks.
"""

from cwgrade.forms.approval import approval_card
from cwgrade.forms.backpay import BackPayRow, back_pay_sheet
from cwgrade.forms.paper import Card, Column, Field, Kind, Setting, Sheet
from cwgrade.forms.payroll import PayrollRow, payroll_sheet
from cwgrade.forms.promotions import PromotionRow, promotion_list
from cwgrade.forms.template import Filled, fill_template
from cwgrade.forms.transition import TransitionRow, transition_list
from cwgrade.forms.workbook import write_form

__all__ = [
    "BackPayRow",
    "Card",
    "Column",
    "Field",
    "Filled",
    "Kind",
    "PayrollRow",
    "PromotionRow",
    "Setting",
    "Sheet",
    "TransitionRow",
    "approval_card",
    "back_pay_sheet",
    "fill_template",
    "payroll_sheet",
    "promotion_list",
    "transition_list",
    "write_form",
]
