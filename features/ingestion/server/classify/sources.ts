/**
 * Known places that visits come from, as data. A line is a host, subdomains included, where the longest
 * match wins; a brand under any country's domain (`olx.*`); either of them with a path (`bing.com/maps`);
 * or the id of an Android app (`app:org.telegram.messenger`). Search engines match their very host only,
 * since their subdomains are news, mail and cloud storage; a leading dot takes the subdomains in.
 */

export type SourceKind =
  | 'search'
  | 'search_ads'
  | 'ai'
  | 'social'
  | 'display'
  | 'affiliate'
  | 'price'
  | 'marketplace'
  | 'map'
  | 'review'
  | 'email'
  /** Pages a customer passes through and comes back from: payment, bank confirmation, sign-in. */
  | 'detour'

export const SOURCES: Record<SourceKind, string> = {
  search: `
    google.* images.google.* lens.google.com app:com.google.android.googlequicksearchbox app:com.google.android.apps.searchlite
    yandex.* ya.ru app:ru.yandex.searchplugin app:com.yandex.browser app:com.yandex.browser.lite
    bing.com cn.bing.com m.bing.com html.duckduckgo.com duckduckgo.com yahoo.* .search.yahoo.com ecosia.org qwant.com startpage.com
    search.brave.com kagi.com mojeek.com swisscows.com presearch.com yep.com searx.be ask.com aol.com
    go.mail.ru mail.ru nova.rambler.ru rambler.ru ukr.net search.ukr.net meta.ua i.ua bigmir.net
    baidu.com m.baidu.com naver.com daum.net seznam.cz sogou.com so.com sm.cn coccoc.com
    search.onet.pl szukaj.onet.pl search.seznam.cz petalsearch.com lycos.com dogpile.com`,
  search_ads: `
    yabs.yandex.* direct.yandex.* googleadservices.com bat.bing.com`,
  ai: `
    chatgpt.com chat.openai.com app:com.openai.chatgpt perplexity.ai app:ai.perplexity.app.android
    gemini.google.com bard.google.com app:com.google.android.apps.bard copilot.microsoft.com
    copilot.cloud.microsoft bing.com/chat claude.ai app:com.anthropic.claude you.com phind.com poe.com
    chat.deepseek.com chat.mistral.ai grok.com meta.ai alice.yandex.ru ya.ru/ai giga.chat
    giga.sber.ru felo.ai andisearch.com`,
  social: `
    facebook.com fb.com fb.me m.me messenger.com app:com.facebook.katana app:com.facebook.lite
    app:com.facebook.orca instagram.com app:com.instagram.android threads.net threads.com
    app:com.instagram.barcelona vk.com vk.ru vk.me vkontakte.ru vkvideo.ru app:com.vkontakte.android
    ok.ru odnoklassniki.ru app:ru.ok.android my.mail.ru t.me telegram.org telegram.me web.telegram.org
    app:org.telegram.messenger app:org.telegram.messenger.web app:org.thunderdog.challegram
    app:org.telegram.plus viber.com app:com.viber.voip whatsapp.com wa.me app:com.whatsapp
    app:com.whatsapp.w4b tiktok.com app:com.zhiliaoapp.musically app:com.ss.android.ugc.trill
    youtube.com youtu.be app:com.google.android.youtube rutube.ru twitter.com x.com t.co
    app:com.twitter.android linkedin.com lnkd.in app:com.linkedin.android pinterest.* pin.it
    app:com.pinterest reddit.com redd.it app:com.reddit.frontpage discord.com discordapp.com
    app:com.discord snapchat.com app:com.snapchat.android tumblr.com livejournal.com dzen.ru
    zen.yandex.ru app:com.yandex.zen bsky.app go.bsky.app mastodon.social flickr.com vimeo.com
    twitch.tv likee.video max.ru app:ru.oneme.app signal.org line.me weibo.com linktr.ee taplink.cc
    taplink.ws instagr.am`,
  display: `
    doubleclick.net googlesyndication.com an.yandex.ru criteo.com criteo.net adnxs.com
    taboola.com outbrain.com mgid.com adroll.com rtbhouse.com target.my.com ads.vk.com
    getintent.com buzzoola.com teads.tv smartadserver.com adriver.ru adfox.ru adfox.yandex.ru
    admixer.net marketgid.com`,
  affiliate: `
    admitad.com alitems.com lenkmio.com awin1.com awin.com cj.com anrdoezrs.net
    dpbolvw.net jdoqocy.com kqzyfj.com tkqlhce.com shareasale.com linksynergy.com prf.hn
    partnerize.com impact.com sjv.io pxf.io gdeslon.ru actionpay.net cityads.com advcake.com
    salesdoubler.com.ua epn.bz letyshops.com letyshops.ua megabonus.com backit.me skimresources.com
    viglink.com`,
  price: `
    hotline.ua price.ua ek.ua e-katalog.ua e-katalog.ru e-katalog.kz e-katalog.pl m.ua nadavi.ua
    nadavi.net magazilla.ru vcene.ua vcene.com pn.com.ua tabletki.ua freemarket.ua 
    market.yandex.* price.ru regmarkets.ru sravni.com aport.ru torg.mail.ru goods.mail.ru
    tovary.mail.ru price.by 1k.by shop.by migom.by kupi.tut.by onliner.by catalog.onliner.by
    yandex.*/products shopping.google.* google.*/shopping ceneo.pl heureka.cz heureka.sk idealo.*
    zbozi.cz skroutz.gr compari.ro arukereso.hu pazaruvaj.com geizhals.* billiger.de pricerunner.*
    kelkoo.* shopzilla.com pricespy.* hinta.fi buscape.com.br zoom.com.br`,
  marketplace: `
    rozetka.com.ua rozetka.ua rozetka.pl prom.ua bigl.ua crafta.ua shafa.ua izi.ua kasta.ua
    epicentrk.ua allo.ua maudau.com.ua olx.* ozon.ru ozon.by ozon.kz wildberries.* wb.ru
    megamarket.ru sbermegamarket.ru goods.ru avito.ru youla.ru tiu.ru satu.kz kaspi.kz deal.by
    pulscen.ru aliexpress.* aliexpress.ru amazon.* ebay.* etsy.com allegro.* walmart.com temu.com
    shein.com joom.com lamoda.* kufar.by flip.kz halykmarket.kz uzum.uz emag.* trendyol.com
    mercadolivre.com.br mercadolibre.* shopee.* lazada.* zalando.* cdiscount.com kaufland.*
    app:ua.com.rozetka.shop app:ru.ozon.app.android app:com.wildberries.ru app:ua.slando
    app:ua.prom.b2c app:com.avito.android app:com.amazon.mshop.android.shopping
    app:com.alibaba.aliexpresshd app:com.ebay.mobile`,
  map: `
    maps.google.* google.*/maps maps.app.goo.gl goo.gl/maps app:com.google.android.apps.maps
    business.google.com yandex.*/maps maps.yandex.* yandex.*/navi app:ru.yandex.yandexmaps
    app:ru.yandex.yandexnavi 2gis.* link.2gis.* app:ru.dublgis.dgismobile maps.apple.com waze.com
    app:com.waze openstreetmap.org bing.com/maps visicom.ua maps.visicom.ua here.com mapy.cz maps.me`,
  review: `
    otzovik.com irecommend.ru otzyvua.net otzyv.ua review.ua yell.ru flamp.ru otzyvru.com
    pravda-sotrudnikov.ru vseotzyvy.ru zoon.ru spr.ru trustpilot.com sitejabber.com
    yelp.com tripadvisor.* foursquare.com glassdoor.com g2.com capterra.com producthunt.com
    otvet.mail.ru pikabu.ru 4pda.to 4pda.ru ixbt.com forum.ixbt.com overclockers.ru
    forum.onliner.by quora.com stackexchange.com drom.ru forums.drom.ru drive2.ru drive2.com
    woman.ru forum.woman.ru babyblog.ru u-mama.ru eva.ru kharkivforum.com forum.od.ua vinskiy.org
    mobile-review.com gagadget.com helpix.org reclameaqui.com.br`,
  email: `
    mail.google.com inbox.google.com app:com.google.android.gm e.mail.ru touch.mail.ru light.mail.ru
    app:ru.mail.mailapp mail.yandex.* app:ru.yandex.mail mail.ukr.net freemail.ukr.net
    webmail.ukr.net app:ua.ukrnet.mail mail.rambler.ru mail.i.ua mbox.i.ua mbox2.i.ua mail.meta.ua
    webmail.meta.ua mail.yahoo.* app:com.yahoo.mobile.client.android.mail outlook.com outlook.live.com
    outlook.office.com outlook.office365.com outlook.cloud.microsoft
    app:com.microsoft.office.outlook mail.live.com icloud.com/mail mail.proton.me mail.aol.com
    mail.zoho.com poczta.onet.pl poczta.wp.pl email.seznam.cz deref-gmx.net deref-web.de
    app:com.samsung.android.email.provider app:me.bluemail.mail app:com.readdle.spark`,
  detour: `
    liqpay.ua privatbank.ua privat24.ua monobank.ua pay.mbnk.biz wayforpay.com fondy.eu
    fondy.ua portmone.com portmone.com.ua easypay.ua ipay.ua platon.ua tachcard.com
    yookassa.ru yoomoney.ru money.yandex.ru kassa.yandex.ru pay.yandex.ru robokassa.ru
    robokassa.com robokassa.kz cloudpayments.ru cloudpayments.kz securepay.tinkoff.ru
    securepay.tbank.ru pay.tbank.ru sberbank.ru securepayments.sberbank.ru ecom.alfabank.ru
    payment.alfabank.ru qr.nspk.ru sbp.nspk.ru paykeeper.ru payanyway.ru unitpay.ru qiwi.com
    bepaid.by webpay.by payment.webpay.by erip.by assist.ru paysec.by kassa24.kz
    epay.kkb.kz epay.homebank.kz paypal.com checkout.stripe.com stripe.com klarna.com adyen.com
    checkout.com mollie.com przelewy24.pl payu.com payu.pl tpay.com
    pay.google.com applepay.cdn-apple.com 3dsecure.io cardinalcommerce.com arcot.com
    accounts.google.* accounts.youtube.com appleid.apple.com passport.yandex.* oauth.yandex.*
    id.vk.com id.vk.ru oauth.vk.com login.vk.com login.live.com login.microsoftonline.com
    connect.ok.ru id.gov.ua id.diia.gov.ua esia.gosuslugi.ru account.mail.ru oauth.mail.ru
    oauth.telegram.org parts-purchase.monobank.ua payparts2.privatbank.ua`,
}

/** Short names that people put into utm_source, beside the hosts above. */
export const SOURCE_NAMES: Record<SourceKind, string> = {
  search: 'google yandex ya bing yahoo duckduckgo ecosia mailru mail.ru rambler ukrnet baidu naver seznam',
  search_ads: `adwords google-ads googleads google-adwords gads yandex-direct yandexdirect direct.yandex
    yadirect y-direct ydirect yandex-search google-search bing-ads bingads microsoft-ads`,
  ai: 'chatgpt openai perplexity gemini copilot claude deepseek alice grok',
  social: `facebook fb fb-ad fb-ads facebook-ads meta meta-ads metaads instagram ig insta inst threads an msg
    vk vkontakte vkads vk-ads vk-target mytarget my-target ok odnoklassniki telegram tg telegram-ads tgads
    viber whatsapp wa tiktok tik-tok tt tiktok-ads youtube yt twitter x linkedin pinterest reddit snapchat
    zen dzen yandex-zen social smm taplink linktree discord`,
  display: `criteo taboola outbrain mgid adroll rtbhouse rtb-house gdn kmc dv360 dbm display-network rsya
    yandex-rsy yandex-rsya google-display adfox admixer hybrid getintent between soloway programmatic`,
  affiliate: `admitad awin cj shareasale rakuten impact partnerize salesdoubler actionpay cityads gdeslon
    advcake letyshops megabonus epn backit affiliate`,
  price: `hotline hotline-ua price priceua price-ua ekatalog e-katalog ek nadavi market yandex-market
    yandexmarket ymarket yamarket vcene magazilla google-shopping googleshopping merchant gmc ceneo heureka
    idealo onliner`,
  marketplace: `rozetka prom prom-ua bigl kasta epicentr epicentrk olx ozon wildberries wb avito kaspi satu
    aliexpress ali amazon ebay etsy allegro megamarket emag`,
  map: `gmb gbp google-my-business google-business google-business-profile googlemybusiness google-maps
    googlemaps gmaps maps yandex-maps yandexmaps ymaps yandex-business yandex-spravochnik 2gis dgis
    apple-maps`,
  review: 'otzovik irecommend trustpilot flamp yell zoon forum pikabu 4pda otzyvua',
  email: `email e-mail mail newsletter esputnik e-sputnik yespo sendpulse unisender mailchimp klaviyo
    mailerlite getresponse sendsay mindbox retailrocket sendgrid mailigen omnisend activecampaign hubspot
    brevo sendinblue rassylka рассылка розсилка dashamail notisend stripo customerio
    customer-io dittofeed tropa`,
  detour: '',
}
