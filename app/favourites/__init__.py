"""What a customer keeps: favourites (收藏) and what she looked at lately (足迹)."""
