"""Pays through the Tokenizer of Fluid Pay in headless Chromium: tokenizer.py DRIVER SHOP-URL SCREENSHOT-FOLDER."""
import sys
import time

from webdriver import Browser

DRIVER, SHOP, FOLDER = sys.argv[1:4]
browser = Browser(DRIVER, FOLDER)


def open_page(query=""):
    browser.open(SHOP + "/" + query)
    browser.wait_for("#hint", "Enter the card")
    browser.frame("iframe")
    browser.wait_until("return !document.getElementById('payment').hidden")


def submit():
    browser.frame()
    browser.click("#pay")


def enter_card(number, expiry, code):
    for selector, text in [("#cc", number), ("#exp", expiry), ("#cvv", code)]:
        browser.clear(selector)
        browser.type_into(selector, text)


try:
    later = str(time.gmtime().tm_year + 3)[2:]
    open_page()
    labels = browser.run("""return ['cc', 'exp', 'cvv', 'routing', 'account'].map(
        function (id) { return document.querySelector('label[for=' + id + ']').textContent })""")
    assert labels == ["Card number", "Expires (MM/YY)", "Security code", "Routing number", "Account number"], labels
    color = browser.run("return getComputedStyle(document.querySelector('.cc legend')).color")
    assert color == "rgb(11, 95, 165)", f"the shop's style did not arrive: {color}"
    enter_card("4111 1111 1111 1111", "12/" + later, "999")
    browser.frame()
    browser.wait_for("#hint", "The card number is complete")
    browser.shot("6-tokenizer-card-entered")
    submit()
    browser.wait_for("#result", "Approved: 1112 cents, pending_settlement")
    browser.shot("7-tokenizer-approved")
    assert not browser.run("return document.documentElement.outerHTML.indexOf('4111') >= 0"), "the shop saw the card"

    open_page()
    enter_card("4000000000000002", "12" + later, "123")
    submit()
    browser.wait_for("#result", "Declined: declined")

    open_page()
    enter_card("4111111111111112", "13/30", "1")
    submit()
    browser.wait_for("#result", "Please check: cc, exp, cvv")
    browser.shot("8-tokenizer-validation")

    open_page()
    enter_card("4111111111111111", "01/" + str(time.gmtime().tm_year - 1)[2:], "123")
    submit()
    browser.wait_for("#result", "Refused: invalid card expiration - expired")

    open_page("?billing")
    browser.click("#type-ach")
    browser.type_into("#routing", "490000018")
    browser.type_into("#account", "24413815")
    browser.type_into("#billing_first_name", "Ada")
    browser.type_into("#billing_postal_code", "60601")
    browser.frame()
    browser.wait_for("#hint", "Paying by ach")
    browser.shot("9-tokenizer-bank-account")
    submit()
    browser.wait_for("#result", "Approved: 1112 cents, pending_settlement")
    print("the Tokenizer works in Chromium")
finally:
    browser.close()
