// A discord.js bot with caches off that listens to messages and does nothing.
const { Client, GatewayIntentBits, Options, Events } = require("discord.js");

const none = Object.fromEntries(
  Object.keys(Options.DefaultMakeCacheSettings)
    .concat([
      "BaseGuildEmojiManager", "GuildBanManager", "GuildInviteManager", "GuildMemberManager",
      "GuildStickerManager", "MessageManager", "PresenceManager", "ReactionManager",
      "ReactionUserManager", "StageInstanceManager", "ThreadManager", "ThreadMemberManager",
      "UserManager", "VoiceStateManager",
    ])
    .map((manager) => [manager, 0]),
);

const client = new Client({
  intents: [
    GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages,
    GatewayIntentBits.MessageContent,
  ],
  makeCache: Options.cacheWithLimits(none),
  rest: { api: `${process.env.DISCORD_API_URL}/api` },
});

client.on(Events.MessageCreate, () => {});
client.login(process.env.DISCORD_TOKEN);
