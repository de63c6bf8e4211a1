"""Root fields of carts and of the coupons for them."""

import strawberry

from resolvers import cart as resolve
from resolvers import coupon as resolve_coupon
from schema.binding import field, mutation
from schema.inputs import cart as inputs
from schema.results import cart as results
from schema.roots.customer import ME
from schema.types.cart import Cart


@strawberry.type
class CartQueries:
    """Reads of visitors' carts; a customer's is on `me`."""

    cart: Cart | None = field(
        resolve.cart, description="A visitor's cart; null when the token opens none. A customer's cart is on `me`."
    )


@strawberry.type
class CartWrites:
    """Writes of carts. Visitors bring the token of theirs; customers who signed in have one each."""

    create_cart: results.CreateCartResult = mutation(
        resolve.create,
        inputs.CreateCartInput,
        description="Begins a visitor's cart and answers its token, once. A customer is answered the cart she has.",
    )
    add_to_cart: results.AddToCartResult = mutation(
        resolve.add, inputs.AddToCartInput, description="Puts units into the cart, on top of those that are in it."
    )
    set_cart_line: results.SetCartLineResult = mutation(
        resolve.set_line,
        inputs.SetCartLineInput,
        description="Gives a line exactly so many units, and agrees to the price it has now.",
    )
    remove_from_cart: results.RemoveFromCartResult = mutation(
        resolve.remove, inputs.RemoveFromCartInput, description="Takes a line out. Doing it again changes nothing."
    )
    clear_cart: results.ClearCartResult = mutation(
        resolve.clear, inputs.ClearCartInput, description="Takes every line out."
    )
    choose_pickup: results.ChoosePickupResult = mutation(
        resolve.choose_pickup,
        inputs.ChoosePickupInput,
        description="Says where and when the cart is to be collected; nothing is kept before the checkout.",
    )
    choose_coupon: results.ChooseCouponResult = mutation(
        resolve.choose_coupon,
        inputs.ChooseCouponInput,
        requires=ME,
        description="Uses one coupon on the cart, or none. One below its minimum is chosen, and a problem of the cart.",
    )
    merge_cart: results.MergeCartResult = mutation(
        resolve.merge,
        inputs.MergeCartInput,
        requires=ME,
        description=(
            "Takes a visitor's cart over: send it right after `loginWithWeChat` with the token the phone keeps."
            " Quantities add up to the limit of each SKU, and the token is dead. Doing it again changes nothing."
        ),
    )
    claim_coupon: results.ClaimCouponResult = mutation(
        resolve_coupon.claim, inputs.ClaimCouponInput, requires=ME, description="Claims a coupon for the customer."
    )
