SELECT c.id, c.parent_id, c.slug, c.name, c.icon, c.position FROM category c ORDER BY c.position, c.id;
