SELECT word FROM hot_word ORDER BY position, id LIMIT 20;
