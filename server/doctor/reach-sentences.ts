import type { DoctorLanguage } from './sentences.ts'

/** What stands between browsers and the address that they will use, by what a look at it found. */
export const reachSentences: Record<string, Record<DoctorLanguage, string>> = {
  reach_private: {
    en: '{url}: The name leads to an inner address: {addresses}. Within your own network that will do; for customers it has to lead to a public one. If this server’s hosts file has the name, look from another machine.',
    ru: '{url}: Имя ведёт на внутренний адрес: {addresses}. Внутри вашей сети этого хватит; чтобы находили покупатели, оно должно вести на внешний. Если имя записано в файле hosts этого сервера, проверьте с другой машины.',
    uk: '{url}: Ім’я веде на внутрішню адресу: {addresses}. Усередині вашої мережі цього досить; щоб знаходили покупці, воно має вести на зовнішню. Якщо ім’я записано у файлі hosts цього сервера, перевірте з іншої машини.',
  },
  reach_no_name: {
    en: '{url}: The name {host} leads nowhere. Add an A record where the domain is kept. A new record takes minutes to a day to spread. Look for a slip in PUBLIC_URL too.',
    ru: '{url}: Имя {host} никуда не ведёт. Добавьте A-запись у того, кто ведёт домен. Новая запись расходится от минут до суток. Проверьте и опечатки в PUBLIC_URL.',
    uk: '{url}: Ім’я {host} нікуди не веде. Додайте A-запис у того, хто веде домен. Новий запис розходиться від хвилин до доби. Перевірте й описки в PUBLIC_URL.',
  },
  reach_closed: {
    en: '{url}: The port is closed: {addresses}. Nobody listens on this port of the server: start Caddy or nginx, and check the port in PUBLIC_URL.',
    ru: '{url}: Порт закрыт: {addresses}. На сервере никто не слушает этот порт: запустите Caddy или nginx и проверьте порт в PUBLIC_URL.',
    uk: '{url}: Порт зачинено: {addresses}. На сервері ніхто не слухає цей порт: запустіть Caddy або nginx і перевірте порт у PUBLIC_URL.',
  },
  reach_silent: {
    en: '{url}: Nobody answers: {addresses}. Most likely a firewall closes the port: open 80 and 443 on the server and in the hosting panel.',
    ru: '{url}: Никто не отвечает: {addresses}. Скорее всего, порт закрывает межсетевой экран: откройте 80 и 443 на сервере и в панели хостинга.',
    uk: '{url}: Ніхто не відповідає: {addresses}. Найімовірніше, порт закриває мережевий екран: відкрийте 80 і 443 на сервері та в панелі хостингу.',
  },
  reach_no_route: {
    en: '{url}: There is no way to the address: {addresses}. Check the server’s network, and the address in the domain’s record.',
    ru: '{url}: До адреса нет дороги: {addresses}. Проверьте сеть сервера и адрес в записи домена.',
    uk: '{url}: До адреси немає дороги: {addresses}. Перевірте мережу сервера й адресу в записі домену.',
  },
  reach_certificate_expired: {
    en: '{url}: The certificate has expired, or isn’t valid yet. Renew it; Caddy and certbot can do so by themselves. Check the server’s clock too.',
    ru: '{url}: Сертификат просрочен или ещё не начал действовать. Обновите его; Caddy и certbot умеют делать это сами. Проверьте и часы сервера.',
    uk: '{url}: Сертифікат прострочено або він ще не діє. Оновіть його; Caddy і certbot уміють робити це самі. Перевірте й годинник сервера.',
  },
  reach_certificate_name: {
    en: '{url}: The certificate is for another name. Get a certificate for {host}, and check that the right site answers in the proxy’s settings.',
    ru: '{url}: Сертификат выписан на другое имя. Выпустите сертификат на {host} и проверьте, тот ли сайт отвечает в настройках прокси.',
    uk: '{url}: Сертифікат виписано на інше ім’я. Випустіть сертифікат на {host} і перевірте, чи той сайт відповідає в налаштуваннях проксі.',
  },
  reach_certificate_unknown: {
    en: '{url}: Nobody vouches for the certificate. A self-signed one won’t do: customers’ browsers refuse it. Get a free one from Let’s Encrypt; Caddy does so by itself. If the certificate is a real one, add its intermediate ones.',
    ru: '{url}: Сертификату никто не доверяет. Самоподписанный не подойдёт: браузеры покупателей его не примут. Возьмите бесплатный у Let’s Encrypt; Caddy сделает это сам. Если сертификат настоящий, добавьте к нему промежуточные.',
    uk: '{url}: Сертифікату ніхто не довіряє. Самопідписаний не підійде: браузери покупців його не приймуть. Візьміть безкоштовний у Let’s Encrypt; Caddy зробить це сам. Якщо сертифікат справжній, додайте до нього проміжні.',
  },
  reach_no_tls: {
    en: '{url}: Something answers, but not over https. Either the port is wrong, or the proxy listens on it without a certificate.',
    ru: '{url}: Отвечает, но не по https. Или порт не тот, или прокси слушает его без сертификата.',
    uk: '{url}: Відповідає, але не за https. Або порт не той, або проксі слухає його без сертифіката.',
  },
  reach_proxy_alone: {
    en: '{url}: The proxy answers, but finds no Tropa behind it ({detail}). Check that Tropa is running, and that the port in proxy_pass or reverse_proxy is the same.',
    ru: '{url}: Прокси отвечает, но Тропы за собой не находит ({detail}). Проверьте, что Тропа запущена и порт в proxy_pass или reverse_proxy тот же.',
    uk: '{url}: Проксі відповідає, але Тропи за собою не знаходить ({detail}). Перевірте, що Тропу запущено й порт у proxy_pass чи reverse_proxy той самий.',
  },
  reach_redirected: {
    en: '{url}: Instead of an answer it sends on to {detail}. Browsers won’t repeat an event elsewhere. Set PUBLIC_URL to the address that it is sent on to.',
    ru: '{url}: Вместо ответа отправляют на {detail}. Браузеры не повторят событие по другому адресу. Укажите в PUBLIC_URL сразу тот, на который отправляют.',
    uk: '{url}: Замість відповіді відсилають на {detail}. Браузери не повторять подію за іншою адресою. Вкажіть у PUBLIC_URL одразу ту, на яку відсилають.',
  },
  reach_stranger: {
    en: '{url}: Somebody else answers ({detail}). The name leads to another server, or the proxy shows another site. Check the domain’s record and server_name.',
    ru: '{url}: Отвечает кто-то другой ({detail}). Имя ведёт на другой сервер или прокси показывает другой сайт. Проверьте запись домена и server_name.',
    uk: '{url}: Відповідає хтось інший ({detail}). Ім’я веде на інший сервер, або проксі показує інший сайт. Перевірте запис домену й server_name.',
  },
  reach_broken: {
    en: '{url}: The request failed ({detail}). Look into the proxy’s log: the reason is there.',
    ru: '{url}: Запрос не удался ({detail}). Посмотрите в журнал прокси: там будет причина.',
    uk: '{url}: Запит не вдався ({detail}). Подивіться в журнал проксі: там буде причина.',
  },
}
