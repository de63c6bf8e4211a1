"""Bad goods that a customer claims after she collected them (坏果包赔), and what the shop decides."""
