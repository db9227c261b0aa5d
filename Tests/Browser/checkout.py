"""Pays on the example checkout: checkout.py DRIVER SHOP-URL SCREENSHOT-FOLDER [CHROMIUM ARGUMENT…]."""
import sys
import time

from browser import TAB, Browser

SHOP = sys.argv[2]
browser = Browser(sys.argv[1], sys.argv[3], sys.argv[4:])


def enter(number, month, year, code):
    browser.open(SHOP)

    # The shop's script says late what the frame shows, and that is loaded then: until both are done, look again.
    def is_loaded():
        browser.frame()
        browser.frame("#card")
        return browser.run("return document.readyState==='complete' && !!document.getElementById('cccvvfield')")

    browser.wait(is_loaded, "the frame with the card's fields")
    # The driver computes no names inside a frame of another origin; aria-label wins over everything else there.
    names = browser.run("""return ['ccnumfield', 'ccexpirymonth', 'ccexpiryyear', 'cccvvfield'].map(
        function (id) { return document.getElementById(id).getAttribute('aria-label') })""")
    assert names == ["Credit Card Number", "Expiration Month", "Expiration Year", "Card Verification Value"], names
    browser.type("#ccnumfield", number + TAB)
    if month:
        browser.type("#ccexpirymonth", month)
        browser.type("#ccexpiryyear", year)
    if code:
        browser.type("#cccvvfield", code + TAB)
    browser.frame()


def pay(amount):
    browser.clear("#amount")
    browser.type("#amount", amount)
    browser.click("#pay")


try:
    later = str(time.gmtime().tm_year + 3)
    enter("4111111111111111", "12", later, "123")
    browser.wait_for("#hint", "ending in 1111 is ready")
    browser.shot("1-card-entered")
    pay("12.00")
    browser.wait_for("#result", "Approved: 12.00 USD")
    browser.shot("2-approved")
    enter("4111111111111111", "12", later, "123")
    browser.wait_for("#hint", "is ready")
    pay("1051.00")
    browser.wait_for("#result", "Declined: ")
    browser.shot("3-declined")
    enter("4111111111111112", "", "", "")
    browser.wait_for("#hint", "Invalid Card Number")
    browser.shot("4-bad-number")
    now = time.gmtime()
    if now.tm_mon > 1:
        enter("4111111111111111", "01", str(now.tm_year), "123")
        browser.wait_for("#hint", "Invalid Expiration Date")
        browser.shot("5-expired")
    print("the checkout works in Chromium")
finally:
    browser.close()
