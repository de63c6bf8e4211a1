"""Where sealed values of people lie: part of their seals, and what tells the blind indexes apart."""

OPENID = "customer.openid"
PHONE = "customer.phone"
PHONE_TAIL = "customer.phone.tail"
TOTP = "staff.totp"
CART_ADDRESS = "cart.address"
ATTEMPT = "sign_in_attempt.subject"
