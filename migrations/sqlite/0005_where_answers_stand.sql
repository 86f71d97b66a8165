-- Where the message stands that answered it: not always in the place of the conversation, as where no
-- thread could be opened for it.
ALTER TABLE handled ADD COLUMN channel INTEGER;
