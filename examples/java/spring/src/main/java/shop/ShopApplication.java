package shop;

import io.github.libcloudauth.CloudAuthClient;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** A merchant's server. {@code application.properties} says where it listens; the environment where it calls, and the keys. */
@SpringBootApplication
@EnableAsync
@EnableScheduling
public class ShopApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }

    @Bean
    CloudAuthClient client() {
        return CloudAuthClient.create();
    }

    /** Spring closes the client once this has done what is under way, and no sooner. */
    @Bean({"applicationTaskExecutor", "taskExecutor"})
    @DependsOn("client")
    ThreadPoolTaskExecutor executor(ThreadPoolTaskExecutorBuilder builder) {
        return builder.build();
    }
}
