"""What the shop asks of WeChat's servers (api.weixin.qq.com): who signed in, and a phone number she gives."""
